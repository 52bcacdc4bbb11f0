// @vitest-environment happy-dom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useExport } from '../../../app/_export/use-export.ts';

const order = { reports: [{ id: 'one', title: 'Talks' }] };
const saved: string[] = [];

beforeEach(() => {
  saved.length = 0;
  window.localStorage.clear();
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function opened(asked = order) {
  const onDone = vi.fn();
  const { result } = renderHook(() => useExport(asked, onDone));
  act(() => result.current.change({ format: 'md', names: false }));
  return { result, onDone };
}

const refusal = (status: number, detail: string) =>
  new Response(JSON.stringify({ code: 'x', detail }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });

test.each([
  [403, order],
  [413, order],
  [422, { reports: [...order.reports, { id: 'two', title: 'Night' }] }],
  [500, order],
])('UI59: a refusal with %i is told, and the choice stays', async (status, asked) => {
  vi.stubGlobal('fetch', async () => refusal(status, 'It is too large for this.'));
  const { result, onDone } = opened(asked);
  act(() => result.current.submit());
  await waitFor(() => expect(result.current.problem).toBe('It is too large for this.'));
  expect(result.current).toMatchObject({ running: null, choice: { format: 'md', names: false } });
  expect([onDone.mock.calls.length, saved]).toEqual([0, []]);
});

test('UI59: one under way is cancelled, and can be tried again', async () => {
  const answers: (() => Response | Promise<Response>)[] = [
    () => new Promise<Response>(() => {}),
    () => new Response('words', { headers: { 'content-disposition': 'attachment; filename="Talks.md"' } }),
  ];
  vi.stubGlobal(
    'fetch',
    (_address: string, { signal }: { signal: AbortSignal }) =>
      new Promise<Response>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
        void Promise.resolve(answers.shift()?.()).then((answer) => answer && resolve(answer));
      }),
  );
  const { result, onDone } = opened();
  act(() => result.current.submit());
  expect(result.current.running).toBe('starting');
  act(() => result.current.cancel());
  await waitFor(() => expect(result.current.said).toBe('Cancelled. Nothing was saved.'));
  expect(result.current).toMatchObject({ running: null, problem: null, choice: { format: 'md' } });
  act(() => result.current.submit());
  await waitFor(() => expect(onDone).toHaveBeenCalledOnce());
  expect(saved).toEqual(['Talks.md']);
});
