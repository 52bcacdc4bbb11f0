// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SelectedWords } from '../../../app/_editor/marks.ts';
import { SelectionBar, type SelectionBarProps } from '../../../app/_editor/selection-bar.tsx';

const line = { left: 100, top: 200, right: 300, bottom: 220 };
const words: SelectedWords = {
  start: 4,
  end: 9,
  exact: 'words',
  prefix: 'the ',
  suffix: '.',
  rect: line,
  measure: () => ({ first: line, last: line }),
};

let text: HTMLElement;
const onClaim = vi.fn<(selection: SelectedWords) => void>();
const onComment = vi.fn<(selection: SelectedWords) => void>();
const onDismiss = vi.fn<() => void>();
const onReturn = vi.fn<() => void>();

beforeEach(() => {
  text = document.body.appendChild(document.createElement('div'));
  text.setAttribute('data-report-text', '');
});
afterEach(() => {
  cleanup();
  text.remove();
  vi.clearAllMocks();
});

function show(part: Partial<SelectionBarProps> = {}): void {
  render(
    <SelectionBar
      selection={words}
      read={() => (part.selection === undefined ? words : part.selection)}
      locked
      canClaim
      canComment
      onClaim={onClaim}
      onComment={onComment}
      onDismiss={onDismiss}
      onReturn={onReturn}
      {...part}
    />,
  );
}

/** Whether the key was taken (and so not typed). */
const press = (key: string, init: KeyboardEventInit = {}, target: Element = text): boolean =>
  !fireEvent.keyDown(target, { key, ...init });

describe('the bar of a selection', () => {
  test('is there while words are selected', () => {
    show();
    expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['ClaimC', 'CommentM']);
  });

  test('is not there without a selection or a right', () => {
    show({ selection: null });
    expect(screen.queryByRole('toolbar')).toBeNull();
    cleanup();
    show({ canClaim: false, canComment: false });
    expect(screen.queryByRole('toolbar')).toBeNull();
  });

  test('ED12 in a locked text one letter does it', () => {
    show();
    expect(press('c')).toBe(true);
    expect(press('M', { shiftKey: false })).toBe(true);
    expect(onClaim).toHaveBeenCalledWith(words);
    expect(onComment).toHaveBeenCalledWith(words);
  });

  test('UI44 a letter acts on what is selected when it is pressed, not on what the bar came for', () => {
    const longer = { ...words, end: 15, exact: 'words and more' };
    show({ read: () => longer });
    press('c');
    press('m');
    expect(onClaim).toHaveBeenCalledExactlyOnceWith(longer);
    expect(onComment).toHaveBeenCalledExactlyOnceWith(longer);
    fireEvent.click(screen.getByRole('button', { name: /Claim/ }));
    expect(onClaim).toHaveBeenLastCalledWith(longer);
  });

  test('UI44 a letter does not wait for the bar, and does nothing where nothing is selected', () => {
    show({ selection: null, read: () => words });
    expect(screen.queryByRole('toolbar')).toBeNull();
    expect(press('m')).toBe(true);
    expect(onComment).toHaveBeenCalledExactlyOnceWith(words);
    cleanup();
    show({ read: () => null });
    expect(press('c')).toBe(false);
    expect(onClaim).not.toHaveBeenCalled();
  });

  test('ED12 in an unlocked text letters type, and the chords do it', () => {
    show({ locked: false });
    expect(press('c')).toBe(false);
    expect(press('m')).toBe(false);
    expect(onClaim).not.toHaveBeenCalled();
    expect(press('µ', { code: 'KeyM', ctrlKey: true, altKey: true })).toBe(true);
    expect(press('c', { code: 'KeyC', metaKey: true, altKey: true })).toBe(true);
    expect(onComment).toHaveBeenCalledTimes(1);
    expect(onClaim).toHaveBeenCalledTimes(1);
  });

  test('leaves copying, and letters typed elsewhere, alone', () => {
    show();
    const field = document.body.appendChild(document.createElement('input'));
    expect(press('c', { ctrlKey: true })).toBe(false);
    expect(press('c', {}, field)).toBe(false);
    expect(onClaim).not.toHaveBeenCalled();
    field.remove();
  });

  test('a commenter cannot mark a claim by its letter', () => {
    show({ canClaim: false });
    expect(press('c')).toBe(false);
    expect(onClaim).not.toHaveBeenCalled();
  });

  test('Tab from a locked text goes into the bar, arrows move in it, Escape leads back', () => {
    show();
    expect(press('Tab')).toBe(true);
    const [claim, comment] = screen.getAllByRole('button');
    expect(document.activeElement).toBe(claim);
    fireEvent.keyDown(claim!, { key: 'ArrowRight' });
    expect(document.activeElement).toBe(comment);
    fireEvent.keyDown(comment!, { key: 'ArrowRight' });
    expect(document.activeElement).toBe(claim);
    fireEvent.keyDown(claim!, { key: 'Escape' });
    expect(onReturn).toHaveBeenCalledTimes(1);
  });

  test('Escape in the text lets the selection go', () => {
    show();
    expect(press('Escape')).toBe(true);
    expect(onDismiss).toHaveBeenCalledTimes(1);
  });
});
