// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { createRef } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prosemirrorToYXmlFragment } from 'y-prosemirror';
import { reportSchema } from '#core/text/schema.ts';
import { openDocument, type DocumentSession } from '../../../app/_editor/document-session.ts';
import type { TextEditorHandle, TextNodeJson } from '../../../app/_editor/marks.ts';
import { TextEditor, type TextEditorProps } from '../../../app/_editor/text-editor.tsx';
import { RoomServer } from './room-server.ts';
import { testDevice } from './test-device.ts';

const doc = reportSchema.node('doc', null, [
  reportSchema.node('heading', { level: 1 }, [reportSchema.text('Talks')]),
  reportSchema.node('paragraph', null, [reportSchema.text('The call lasted 75 minutes.')]),
]);

let server: RoomServer;
let session: DocumentSession | null;

beforeEach(async () => {
  server = await RoomServer.start();
  prosemirrorToYXmlFragment(doc, server.doc.getXmlFragment('body'));
  session = null;
});
afterEach(async () => {
  cleanup();
  session?.destroy();
  await server.stop();
});

const props = (part: Partial<TextEditorProps> = {}): TextEditorProps => ({
  session,
  me: { id: 'm', name: 'Ana', color: '#0f766e' },
  // toJSON is typed as any.
  initialDoc: doc.toJSON() as TextNodeJson,
  label: 'Report',
  editable: false,
  claims: [{ id: 'c', state: 'open', tone: null, label: 'Claim 1', fallback: { start: 6, end: 32 } }],
  comments: [],
  activeId: null,
  hoverId: null,
  onActivate: () => undefined,
  onHover: () => undefined,
  onSelection: () => undefined,
  onLayout: () => undefined,
  ...part,
});

test('the server renders the words with their claims', () => {
  const html = renderToString(<TextEditor {...props()} />);
  expect(html).toContain('<h1>Talks</h1>');
  expect(html).toContain('data-claim="c">The call lasted 75 minutes</span>');
});

test('the editor takes the place of the words once the shared document is there', async () => {
  const handle = createRef<TextEditorHandle>();
  const { rerender } = render(<TextEditor ref={handle} {...props()} />);
  expect(screen.getByRole('document').textContent).toContain('75 minutes');
  expect(handle.current?.selectClaim('c')).toBe(false);

  session = openDocument({
    reportId: 'r',
    workspaceId: 'w',
    memberId: 'm',
    url: server.url,
    device: testDevice(),
  });
  rerender(<TextEditor ref={handle} {...props()} />);
  const text = await waitFor(() => screen.getByRole('textbox'));
  expect(text.getAttribute('aria-readonly')).toBe('true');
  expect(screen.queryByRole('document')).toBeNull();
  expect(text.querySelector('[data-claim="c"]')?.textContent).toBe('The call lasted 75 minutes');
  expect(handle.current?.selectClaim('c')).toBe(true);
  expect(handle.current?.currentSelection()?.exact).toBe('The call lasted 75 minutes');
  expect(session.awareness.getLocalState()?.['user']).toEqual({ id: 'm', name: 'Ana', color: '#0f766e' });
});

test('the text kept on this device is shown when there is no connection', async () => {
  const device = testDevice();
  const first = openDocument({ reportId: 'r', workspaceId: 'w', memberId: 'm', url: server.url, device });
  await waitFor(() => expect(first.status.getState().synced).toBe(true));
  first.destroy();
  session = openDocument({ reportId: 'r', workspaceId: 'w', memberId: 'm', url: 'ws://127.0.0.1:9', device });
  render(<TextEditor {...props()} />);
  const text = await waitFor(() => screen.getByRole('textbox'));
  expect(text.textContent).toContain('Talks');
});

test('an unlocked text goes on with the caret where it was in the locked one', async () => {
  const handle = createRef<TextEditorHandle>();
  session = openDocument({
    reportId: 'r',
    workspaceId: 'w',
    memberId: 'm',
    url: server.url,
    device: testDevice(),
  });
  const { rerender } = render(<TextEditor ref={handle} {...props()} />);
  const locked = await waitFor(() => screen.getByRole('textbox'));
  expect(locked.getAttribute('aria-readonly')).toBe('true');
  handle.current?.selectClaim('c');

  rerender(<TextEditor ref={handle} {...props({ editable: true })} />);
  await waitFor(() => expect(screen.getByRole('textbox').getAttribute('aria-readonly')).toBeNull());
  expect(handle.current?.currentSelection()?.exact).toBe('The call lasted 75 minutes');

  const unlocked = screen.getByRole('textbox');
  rerender(<TextEditor ref={handle} {...props()} />);
  expect(unlocked.getAttribute('aria-readonly')).toBe('true');
  expect(screen.getByRole('textbox')).toBe(unlocked);
});
