// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from 'vitest';
import { typeAhead } from '../../../app/_palette/type-ahead.ts';

const press = (key: string, init: KeyboardEventInit = {}): boolean =>
  document.body.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }),
  );

afterEach(() => document.body.replaceChildren());

it('UI63 what is typed before the field is there goes into it, and does nothing on the screen behind', () => {
  const [onText, onEscape, behind] = [vi.fn(), vi.fn(), vi.fn()];
  document.body.addEventListener('keydown', behind);
  typeAhead('', { onText, onEscape });
  expect(press('t')).toBe(false);
  press('é');
  press('😀');
  press('Backspace');
  expect(onText.mock.lastCall).toEqual(['té']);
  expect(behind).not.toHaveBeenCalled();
  press('k', { ctrlKey: true });
  press('ArrowDown');
  expect(behind).toHaveBeenCalledTimes(2);
  press('Escape');
  expect(onEscape).toHaveBeenCalledOnce();

  const field = document.createElement('input');
  document.body.append(field);
  field.focus();
  expect(press('x')).toBe(true);
  expect(onText).toHaveBeenCalledTimes(4);
  document.body.removeEventListener('keydown', behind);
});

it('UI63 ends when the palette is closed', () => {
  const onText = vi.fn();
  typeAhead('a', { onText, onEscape: vi.fn() })();
  expect(press('x')).toBe(true);
  expect(onText).not.toHaveBeenCalled();
});
