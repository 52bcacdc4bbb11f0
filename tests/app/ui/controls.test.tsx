// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Button, IconButton } from '../../../app/_ui/button.tsx';
import { Checkbox, TextField } from '../../../app/_ui/field.tsx';
import { Menu, MenuItem } from '../../../app/_ui/menu.tsx';
import { Segmented } from '../../../app/_ui/segmented.tsx';
import { Select } from '../../../app/_ui/select.tsx';

// The code of what opens is fetched in the test: a busy machine takes its time.
configure({ asyncUtilTimeout: 15_000 });
afterEach(cleanup);

describe('a button', () => {
  it('keeps its place and does nothing while it is busy', () => {
    const pressed = vi.fn();
    const submitted = vi.fn((event: { preventDefault(): void }) => event.preventDefault());
    render(
      <form onSubmit={submitted}>
        <Button type="submit" busy onClick={pressed}>
          Save
        </Button>
      </form>,
    );
    const button = screen.getByRole('button', { name: 'Save' });
    fireEvent.click(button);
    expect([pressed.mock.calls.length, submitted.mock.calls.length]).toEqual([0, 0]);
    expect(button.hasAttribute('disabled')).toBe(false);
    expect(button.getAttribute('aria-busy')).toBe('true');
  });

  it('of an icon is named by its label', () => {
    render(<IconButton label="Close">x</IconButton>);
    expect(screen.getByRole('button', { name: 'Close' }).dataset['tip']).toBe('Close');
  });
});

describe('a field', () => {
  it('is tied to its label, its hint and its error', () => {
    render(<TextField label="Title" hint="Short" error="It is empty" defaultValue="" />);
    const field = screen.getByLabelText('Title');
    const described = (field.getAttribute('aria-describedby') ?? '').split(' ');
    expect(described.map((id) => document.getElementById(id)?.textContent)).toEqual(['Short', 'It is empty']);
    expect(field.getAttribute('aria-invalid')).toBe('true');
  });

  it('of one check says what it became', () => {
    const changed = vi.fn();
    render(<Checkbox label="Desk only" checked={false} onChange={changed} />);
    fireEvent.click(screen.getByRole('checkbox', { name: 'Desk only' }));
    expect(changed).toHaveBeenCalledWith(true);
  });

  it('of a few segments is a group of radios', () => {
    const changed = vi.fn();
    const options = [
      { value: 'all', label: 'All' },
      { value: 'mine', label: 'Mine' },
    ];
    render(<Segmented label="Show" value="all" onChange={changed} options={options} />);
    expect(screen.getByRole('radiogroup', { name: 'Show' })).toBeTruthy();
    fireEvent.click(screen.getByRole('radio', { name: 'Mine' }));
    expect(changed).toHaveBeenCalledWith('mine');
  });
});

describe('what opens', () => {
  it('as a menu promises it before its code is here, and opens at the first press', async () => {
    const chosen = vi.fn();
    render(
      <Menu trigger={<button type="button">More</button>}>
        <MenuItem onSelect={chosen}>Rename</MenuItem>
      </Menu>,
    );
    const trigger = screen.getByRole('button', { name: 'More' });
    expect([trigger.getAttribute('aria-haspopup'), trigger.getAttribute('aria-expanded')]).toEqual([
      'menu',
      'false',
    ]);
    expect(screen.queryByRole('menuitem')).toBeNull();
    fireEvent.click(trigger);
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Rename' }));
    expect(chosen).toHaveBeenCalledOnce();
  });

  it('as a select is a combobox with its choice, and opens by the arrow key', async () => {
    const changed = vi.fn();
    const options = [
      { value: 'a', label: 'First' },
      { value: 'b', label: 'Second' },
    ];
    render(<Select label="Kind" value="a" options={options} onChange={changed} />);
    const box = screen.getByRole('combobox', { name: 'Kind' });
    expect(box.textContent).toBe('First');
    fireEvent.keyDown(box, { key: 'ArrowDown' });
    await waitFor(() =>
      expect(screen.getAllByRole('option').map((one) => one.textContent)).toEqual(['First', 'Second']),
    );
    expect(screen.getByRole('combobox', { name: 'Kind' }).getAttribute('aria-expanded')).toBe('true');
  });
});
