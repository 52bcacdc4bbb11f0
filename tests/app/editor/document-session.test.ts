import { prosemirrorToYXmlFragment } from 'y-prosemirror';
import * as Y from 'yjs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { flatten } from '#core/text/flatten.ts';
import { reportSchema } from '#core/text/schema.ts';
import { openDocument, type DocumentSession } from '../../../app/_editor/document-session.ts';
import { RoomServer } from './room-server.ts';
import { statusWhere, testDevice, type TestDevice } from './test-device.ts';

let server: RoomServer;
let device: TestDevice;
let sessions: DocumentSession[];

beforeEach(async () => {
  server = await RoomServer.start();
  device = testDevice();
  sessions = [];
  const text = reportSchema.node('doc', null, [
    reportSchema.node('paragraph', null, [reportSchema.text('One line.')]),
  ]);
  prosemirrorToYXmlFragment(text, server.doc.getXmlFragment('body'));
});

afterEach(async () => {
  for (const session of sessions) session.destroy();
  await server.stop();
});

function open(options: { epoch?: number; url?: string } = {}): DocumentSession {
  const session = openDocument({
    reportId: 'r',
    workspaceId: 'w',
    memberId: 'm',
    url: options.url ?? server.url,
    device,
    ...options,
  });
  sessions.push(session);
  return session;
}

async function opened(): Promise<DocumentSession> {
  const session = open();
  await statusWhere(session, (status) => status.synced);
  return session;
}

function addLine(session: DocumentSession, words: string): void {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(words)]);
  session.doc.getXmlFragment('body').push([paragraph]);
}

/** A session whose line the server does not take, gone again. */
async function refusedWith(code: string, words: string): Promise<void> {
  const session = await opened();
  server.refuses = code;
  addLine(session, words);
  await statusWhere(session, ({ stopped }) => stopped !== null);
  server.refuses = null;
  session.destroy();
}

const codesOf = (session: DocumentSession): string[] =>
  session.status.getState().refused.map(({ code }) => code);

const textOf = (doc: Y.Doc): string => flatten(doc.getXmlFragment('body')).text;

describe('saved means acknowledged', () => {
  test('ED1 a change is unsaved until the server says that it is committed', async () => {
    const session = await opened();
    server.acknowledges = false;
    addLine(session, 'Two.');
    expect(session.status.getState().unsaved).toBe(1);
    await server.until(() => textOf(server.doc).includes('Two.'));
    expect(session.status.getState().unsaved).toBe(1);
    server.acknowledge();
    await statusWhere(session, (status) => status.unsaved === 0);
  });

  test('an acknowledgement of earlier messages leaves later changes unsaved', async () => {
    const session = await opened();
    server.acknowledges = false;
    addLine(session, 'Two.');
    await server.until(() => textOf(server.doc).includes('Two.'));
    addLine(session, 'Three.');
    server.acknowledge();
    await statusWhere(session, (status) => status.unsaved === 1);
    await server.until(() => textOf(server.doc).includes('Three.'));
    server.acknowledge();
    await statusWhere(session, (status) => status.unsaved === 0);
  });

  test('ED2 a new socket counts from one and carries again what was not acknowledged', async () => {
    const session = await opened();
    server.acknowledges = false;
    addLine(session, 'Two.');
    addLine(session, 'Three.');
    await server.until(() => textOf(server.doc).includes('Three.'));
    server.close(1012);
    await statusWhere(session, (status) => status.connection === 'offline');
    expect(session.status.getState().unsaved).toBe(2);
    server.acknowledges = true;
    await statusWhere(session, (status) => status.unsaved === 0);
    expect(server.received).toHaveLength(2);
    expect(server.received[1]).toContain('step2');
  });

  test('ED2 nothing typed leaves before the answer that holds what was typed offline', async () => {
    server.greets = false;
    const session = open();
    addLine(session, 'Two.');
    await statusWhere(session, (status) => status.synced);
    addLine(session, 'Three.');
    expect(session.status.getState().unsaved).toBe(2);
    server.greet();
    await statusWhere(session, (status) => status.unsaved === 0);
    expect(server.received[0]?.filter((kind) => kind !== 'step1')[0]).toBe('step2');
    expect(textOf(server.doc).split('\n').toSorted()).toEqual(['One line.', 'Three.', 'Two.']);
  });

  test('a change from others is not counted', async () => {
    const session = await opened();
    const arrived = new Promise<void>((resolve) => session.doc.once('update', () => resolve()));
    server.doc.getXmlFragment('body').push([new Y.XmlElement('paragraph')]);
    await arrived;
    expect(session.status.getState().unsaved).toBe(0);
  });

  test('flush waits for the acknowledgement and answers false when the session stops first', async () => {
    const session = await opened();
    addLine(session, 'Two.');
    expect(await session.flush()).toBe(true);
    server.acknowledges = false;
    addLine(session, 'Three.');
    const flushed = session.flush();
    server.close(4401, 'signed out');
    expect(await flushed).toBe(false);
  });
});

describe('the store on this device', () => {
  test('ED3 changes made without a connection are unsaved, and still after a reload', async () => {
    const first = await opened();
    addLine(first, 'Two.');
    await first.flush();
    const url = server.url;
    await server.stop();
    await statusWhere(first, (status) => status.connection === 'offline');
    addLine(first, 'Three.');
    addLine(first, 'Four.');
    first.destroy();

    const second = open({ url });
    const status = await statusWhere(second, ({ hasLocal }) => hasLocal);
    expect(status).toMatchObject({ unsaved: 2, synced: false });
    expect(textOf(second.doc)).toBe('One line.\nTwo.\nThree.\nFour.');
    second.destroy();

    server = await RoomServer.start();
    const third = open();
    await statusWhere(third, ({ unsaved }) => unsaved === 0);
    expect(textOf(server.doc)).toBe('One line.\nTwo.\nThree.\nFour.');
  });

  describe('that is slower than the server', () => {
    /** Two lines written offline, and then a visit that connects before it has read them. */
    async function openedBeforeItsStore(): Promise<DocumentSession> {
      const first = open({ url: 'ws://127.0.0.1:1/sync' });
      addLine(first, 'Two.');
      addLine(first, 'Three.');
      first.destroy();
      device.keeper.isSlow = true;
      vi.useFakeTimers({ toFake: ['setTimeout'] });
      const second = open();
      vi.runAllTimers();
      vi.useRealTimers();
      await statusWhere(second, ({ synced }) => synced);
      return second;
    }

    test('ED3 what it holds is unsaved until it was read, sent and acknowledged', async () => {
      server.acknowledges = false;
      const session = await openedBeforeItsStore();
      addLine(session, 'Four.');
      await server.until(() => textOf(server.doc).includes('Four.'));
      server.acknowledge();
      await statusWhere(session, ({ unsaved }) => unsaved === 2);
      expect(textOf(server.doc)).toBe('One line.\nFour.');

      device.keeper.read();
      expect(await statusWhere(session, ({ hasLocal }) => hasLocal)).toMatchObject({ unsaved: 2 });
      await server.until(() => textOf(server.doc).includes('Three.'));
      expect(session.status.getState().unsaved).toBe(2);
      server.acknowledge();
      await statusWhere(session, ({ unsaved }) => unsaved === 0);
    });

    test('ED3 what it holds is unsaved in the next visit when it was never read', async () => {
      const session = await openedBeforeItsStore();
      addLine(session, 'Four.');
      await statusWhere(session, ({ unsaved }) => unsaved === 2);
      session.destroy();
      device.keeper.isSlow = false;
      const next = open({ url: 'ws://127.0.0.1:1/sync' });
      expect(next.status.getState().unsaved).toBe(2);
      expect(textOf(next.doc)).toContain('Two.\nThree.');
    });

    test('what it holds and the server has already is saved as soon as it was read', async () => {
      const session = await openedBeforeItsStore();
      for (const update of device.keeper.stores.get('proofdesk:m:w:r') ?? [])
        Y.applyUpdate(server.doc, update);
      await vi.waitUntil(() => textOf(session.doc).includes('Three.'));
      expect(session.status.getState().unsaved).toBe(2);
      device.keeper.read();
      await statusWhere(session, ({ unsaved }) => unsaved === 0);
    });
  });

  test('what a browser without a store left behind stays unsaved, and what it cannot keep is not counted there', async () => {
    const first = open({ url: 'ws://127.0.0.1:1/sync' });
    addLine(first, 'Two.');
    first.destroy();
    device.keeper.isMissing = true;
    const second = await opened();
    addLine(second, 'Three.');
    await statusWhere(second, ({ unsaved }) => unsaved === 1);
    server.acknowledges = false;
    addLine(second, 'Four.');
    expect(second.status.getState().unsaved).toBe(2);
    second.destroy();
    expect(open().status.getState().unsaved).toBe(1);
  });

  test('a store of another epoch is set aside, and what it had unsaved is kept', async () => {
    const first = open({ epoch: 1, url: 'ws://127.0.0.1:1/sync' });
    addLine(first, 'Lost?');
    first.destroy();
    const second = open({ epoch: 2 });
    expect(codesOf(second)).toEqual(['epoch_changed']);
    expect(textOf(second.doc)).toBe('');
    await statusWhere(second, ({ synced }) => synced);
    expect((await second.readRefused()).map(({ body }) => body)).toEqual([['Lost?']]);
  });

  test('a store of another epoch in which all was saved is deleted', async () => {
    const first = open({ epoch: 1 });
    await statusWhere(first, ({ synced }) => synced);
    addLine(first, 'Saved.');
    await first.flush();
    first.destroy();
    const second = open({ epoch: 2 });
    expect(codesOf(second)).toEqual([]);
    expect([...device.keeper.stores.keys()]).toEqual(['proofdesk:m:w:r:1']);
  });

  test('stores of different people are apart', () => {
    open();
    sessions.push(openDocument({ reportId: 'r', workspaceId: 'w', memberId: 'n', url: server.url, device }));
    expect([...device.keeper.stores.keys()]).toEqual(['proofdesk:m:w:r', 'proofdesk:n:w:r']);
  });
});

describe('being refused', () => {
  test.each([4401, 4403, 4404, 4409, 4413, 4429])(
    'ED4 close code %i stops the session and says why',
    async (code) => {
      const session = await opened();
      server.close(code, 'because');
      const status = await statusWhere(session, ({ stopped }) => stopped !== null);
      expect(status).toMatchObject({
        connection: 'stopped',
        stopped: { code, reason: 'because' },
        refused: [],
      });
    },
  );

  test('a code of this family that is not known here counts as an outdated client', async () => {
    const session = await opened();
    server.close(4455);
    const status = await statusWhere(session, ({ stopped }) => stopped !== null);
    expect(status.stopped?.code).toBe(4409);
  });

  test('ED5 refused content is set aside, the next session is clean, and the words can be read', async () => {
    const first = await opened();
    server.refuses = 'report_locked';
    addLine(first, 'Not allowed.');
    const status = await statusWhere(first, ({ stopped }) => stopped !== null);
    expect(status).toMatchObject({
      stopped: { code: 4422 },
      refused: [{ code: 'report_locked' }],
      unsaved: 0,
    });
    first.destroy();

    server.refuses = null;
    const second = await opened();
    expect(textOf(second.doc)).toBe('One line.');
    expect(codesOf(second)).toEqual(['report_locked']);
    const [refused] = await second.readRefused();
    expect(refused).toMatchObject({ isCompared: true, body: ['Not allowed.'], text: 'Not allowed.' });
    await second.dismissRefused(refused?.storeName ?? '');
    expect(codesOf(second)).toEqual([]);
    expect(await second.readRefused()).toEqual([]);
  });

  test('ED5 each of several refusals can be read, until it is discarded by itself', async () => {
    await refusedWith('report_locked', 'Refused one.');
    await refusedWith('forbidden_content', 'Refused two.');
    const session = await opened();
    expect((await session.readRefused()).map(({ code, text }) => [code, text])).toEqual([
      ['report_locked', 'Refused one.'],
      ['forbidden_content', 'Refused two.'],
    ]);
    const [first, second] = session.status.getState().refused;
    await session.dismissRefused(first?.storeName ?? '');
    expect((await session.readRefused()).map(({ text }) => text)).toEqual(['Refused two.']);
    expect(device.keeper.stores.has(first?.storeName ?? '')).toBe(false);
    await session.dismissRefused(second?.storeName ?? '');
    expect([...device.keeper.stores.keys()]).toEqual(['proofdesk:m:w:r:2']);
  });

  test('ED5 a tab that is refused after another names its own store, and leaves the new one alone', async () => {
    const [first, second] = [await opened(), await opened()];
    server.refuses = 'report_locked';
    for (const session of [first, second]) {
      addLine(session, 'Refused.');
      await statusWhere(session, ({ stopped }) => stopped !== null);
      session.destroy();
    }
    server.refuses = null;
    const next = await opened();
    expect(next.status.getState().refused.map(({ storeName }) => storeName)).toEqual(['proofdesk:m:w:r']);
    expect([...device.keeper.stores.keys()]).toEqual(['proofdesk:m:w:r', 'proofdesk:m:w:r:1']);
  });

  test('without the server all that was set aside is given, and said to be not compared', async () => {
    await refusedWith('report_locked', 'Not allowed.');
    const away = open({ url: 'ws://127.0.0.1:1/sync' });
    expect(await away.readRefused()).toMatchObject([
      { isCompared: false, text: 'One line.\n\nNot allowed.' },
    ]);
  });

  test('what an older page noted as its one refusal is still there', () => {
    const refused = { code: 'report_locked', storeName: 'proofdesk:m:w:r' };
    device.storage.setItem('proofdesk:m:w:r:store', JSON.stringify({ suffix: 1, refused }));
    expect(open().status.getState().refused).toEqual([refused]);
  });

  test('a right taken away while something was unsaved keeps that work at hand', async () => {
    const session = await opened();
    server.acknowledges = false;
    addLine(session, 'Mine.');
    server.close(4403);
    const status = await statusWhere(session, ({ stopped }) => stopped !== null);
    expect(status.refused).toHaveLength(1);
    session.destroy();
    const next = open({ url: 'ws://127.0.0.1:1/sync' });
    expect(await next.readRefused()).toMatchObject([{ code: 'close_4403', body: ['One line.', 'Mine.'] }]);
  });

  test('after signing in again the same session goes on', async () => {
    const session = await opened();
    server.close(4401);
    await statusWhere(session, ({ stopped }) => stopped !== null);
    addLine(session, 'Meanwhile.');
    session.retry();
    await statusWhere(session, ({ connection, unsaved }) => connection === 'online' && unsaved === 0);
    expect(textOf(server.doc)).toContain('Meanwhile.');
  });
});
