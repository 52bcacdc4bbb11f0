// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useLate, type SaveState } from '../../../app/_desk/save-state.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('ED14 saving that does not end is told as not saved yet, with what is kept here', () => {
  const { result, rerender } = renderHook(({ state }) => useLate(state), {
    initialProps: { state: { kind: 'saving', kept: 1 } as SaveState },
  });
  act(() => void vi.advanceTimersByTime(4_000));
  // Typing on is no new wait: the first change is still not stored.
  rerender({ state: { kind: 'saving', kept: 2 } });
  expect(result.current.kind).toBe('saving');
  act(() => void vi.advanceTimersByTime(1_000));
  expect(result.current).toEqual({ kind: 'late', kept: 2 });
  rerender({ state: { kind: 'saved' } });
  expect(result.current.kind).toBe('saved');
  rerender({ state: { kind: 'saving', kept: 1 } });
  expect(result.current.kind).toBe('saving');
});

test('ED14 a slow network that stores what one types is not late', () => {
  const { result, rerender } = renderHook(({ kept }) => useLate({ kind: 'saving', kept }), {
    initialProps: { kept: 3 },
  });
  for (const kept of [2, 3, 1, 2, 1]) {
    act(() => void vi.advanceTimersByTime(2_000));
    rerender({ kept });
    expect(result.current.kind).toBe('saving');
  }
});
