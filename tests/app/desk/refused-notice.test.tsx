// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore, type StoreApi } from 'zustand/vanilla';
import RefusedNotice from '../../../app/_desk/refused-notice.tsx';
import type { DocumentSession } from '../../../app/_editor/document-session.ts';
import type { RefusedText } from '../../../app/_editor/refused-work.ts';
import type { SyncStatus } from '../../../app/_editor/sync-status.ts';

const locked = { code: 'report_locked', storeName: 'a' };
const strange = { code: 'never heard of', storeName: 'b' };
const claimId = '00000000-0000-4000-8000-000000000001';
let status: StoreApi<SyncStatus>;
let texts: RefusedText[];
const copied = vi.fn<(text: string) => Promise<void>>();

beforeEach(() => {
  copied.mockResolvedValue();
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: copied }, configurable: true });
  status = createStore<SyncStatus>(() => ({
    connection: 'online',
    synced: true,
    hasLocal: true,
    unsaved: 0,
    stopped: null,
    refused: [locked, strange],
  }));
  const why = [{ claimId, text: 'A reason.' }];
  texts = [
    {
      ...locked,
      isCompared: true,
      body: ['One.', 'Two.'],
      rationales: why,
      text: 'One.\n\nTwo.\n\nA reason.',
    },
    { ...strange, isCompared: true, body: [], rationales: [], text: '' },
  ];
});
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

const readRefused = vi.fn<DocumentSession['readRefused']>(() => Promise.resolve(texts));
const reopen = vi.fn<() => void>();

/** What the notice asks of a session. */
function session(): DocumentSession {
  const dismissRefused = (storeName: string): Promise<void> => {
    status.setState(({ refused }) => ({ refused: refused.filter((one) => one.storeName !== storeName) }));
    return Promise.resolve();
  };
  return { status, readRefused, dismissRefused } as unknown as DocumentSession;
}

async function show(): Promise<void> {
  const opened = session();
  await act(async () => void render(<RefusedNotice session={opened} reopen={reopen} />));
}

const quoted = (): (string | null)[] =>
  [...document.querySelectorAll('blockquote')].map(({ textContent }) => textContent);

test('UI70 refused words stand there with why, each refusal by itself', async () => {
  await show();
  expect(screen.getAllByRole('listitem')).toHaveLength(2);
  expect(quoted()).toEqual(['One.', 'Two.', 'A reason.']);
  expect(screen.getByText('The text was locked when they came.')).toBeDefined();
  expect(screen.getByText(/something was deleted or formatted/)).toBeDefined();
});

test('UI70 each refusal is copied and discarded by itself', async () => {
  await show();
  fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
  expect(copied).toHaveBeenCalledExactlyOnceWith('One.\n\nTwo.\n\nA reason.');
  const [first] = screen.getAllByRole('button', { name: 'Discard' });
  await act(async () => void fireEvent.click(first!));
  expect(screen.getAllByRole('listitem')).toHaveLength(1);
  expect(quoted()).toEqual([]);
});

test('UI70 before the report is in step nothing is shown for refused, and then only what it lacks', async () => {
  status.setState({ synced: false });
  await show();
  expect(readRefused).not.toHaveBeenCalled();
  expect(screen.queryByRole('button')).toBeNull();
  await act(async () => void status.setState({ synced: true }));
  expect(quoted()).toEqual(['One.', 'Two.', 'A reason.']);
});

test('UI70 a session that stopped for good offers all that is kept, and the way back in', async () => {
  texts = [{ ...locked, isCompared: false, body: ['All.'], rationales: [], text: 'All.' }];
  status.setState({ synced: false, refused: [locked], stopped: { code: 4403, reason: 'no_right' } });
  await show();
  expect(quoted()).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'Copy all that is kept' }));
  expect(copied).toHaveBeenCalledExactlyOnceWith('All.');
  fireEvent.click(screen.getByRole('button', { name: 'Open the report again' }));
  expect(reopen).toHaveBeenCalledOnce();
});
