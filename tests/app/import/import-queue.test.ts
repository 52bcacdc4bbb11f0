import { describe, expect, it, vi } from 'vitest';
import { ImportQueue, isLeft, type ImportPorts } from '../../../app/_import/import-queue.ts';
import { keyOf, nameOf, type ImportSource } from '../../../app/_import/pasted.ts';
import type { ImportFields } from '../../../app/_import/send-source.ts';
import type { Sending } from '../../../app/_session/upload.ts';
import { RequestProblem } from '../../../app/_session/request.ts';
import { found, imported } from './answers.ts';

const file = (name: string): ImportSource => ({
  kind: 'file',
  file: new File(['words'], name, { lastModified: 1 }),
});

/** A request that a test answers when it likes. */
interface Asked {
  name: string;
  id: string;
  sending: Sending;
  fields: ImportFields | null;
  answer: () => void;
  refuse: (error: Error) => void;
}

class Server implements ImportPorts {
  readonly looks: Asked[] = [];
  readonly imports: Asked[] = [];
  #ids = 0;

  lookAt: ImportPorts['lookAt'] = (source, id, sending) =>
    new Promise((resolve, reject) => {
      const answer = (): void => resolve(found({ title: nameOf(source) }));
      this.looks.push({ ...asked(source, sending, null, answer, reject), id });
    });

  importSource: ImportPorts['importSource'] = (source, fields, sending) =>
    new Promise((resolve, reject) => {
      const answer = (): void => resolve(imported({ id: fields.id, title: nameOf(source) }));
      this.imports.push({ ...asked(source, sending, fields, answer, reject), id: fields.id });
    });

  newId = (): string => `id-${(this.#ids += 1)}`;
}

function asked(
  source: ImportSource,
  sending: Sending,
  fields: ImportFields | null,
  answer: () => void,
  reject: (error: Error) => void,
): Omit<Asked, 'id'> {
  sending.signal.addEventListener('abort', () => reject(new RequestProblem('cancelled', 0, '')));
  return { name: nameOf(source), sending, fields, answer, refuse: reject };
}

function set(...names: string[]) {
  const server = new Server();
  const queue = new ImportQueue(server);
  queue.show(names.map(file));
  const item = (name: string) => queue.state.getState().items.find(({ source }) => nameOf(source) === name);
  const answer = async (list: readonly Asked[], name: string, error?: Error) => {
    await vi.waitFor(() => expect(list.some((one) => one.name === name)).toBe(true));
    const one = list.findLast((ask) => ask.name === name);
    if (error === undefined) one?.answer();
    else one?.refuse(error);
    await Promise.resolve();
  };
  return { server, queue, item, answer };
}

const refusal = new RequestProblem('unsupported_kind', 422, 'A sound recording is not read.');
const offline = new RequestProblem('offline', 0, 'away');

describe('UI45: what is given is looked at', () => {
  it('two at a time, each shown when it comes', async () => {
    const { server, queue, item, answer } = set('a', 'b', 'c');
    expect(server.looks.map(({ name }) => name)).toEqual(['a', 'b']);
    await answer(server.looks, 'b');
    await vi.waitFor(() => expect(server.looks.map(({ name }) => name)).toEqual(['a', 'b', 'c']));
    expect(item('b')?.look.state).toBe('found');
    expect(item('a')?.look).toEqual({ state: 'reading', sent: null });
    server.looks[0]?.sending.onProgress(0.5);
    expect(item('a')?.look).toEqual({ state: 'reading', sent: 0.5 });
    expect(queue.state.getState().isRunning).toBe(false);
  });

  it('says why it was refused, and whether another try could pass', async () => {
    const { server, queue, item, answer } = set('a', 'b');
    await answer(server.looks, 'a', refusal);
    await answer(server.looks, 'b', offline);
    await vi.waitFor(() => expect(item('b')?.look.state).toBe('refused'));
    expect(item('a')?.look).toEqual({ state: 'refused', sentence: refusal.message, mayPass: false });
    expect(queue.state.getState().items.map(isLeft)).toEqual([false, true]);
    queue.lookAgain(keyOf(file('b')));
    await answer(server.looks, 'b');
    await vi.waitFor(() => expect(item('b')?.look.state).toBe('found'));
  });

  it('is no longer read when it is taken out; what stays keeps what is known of it', async () => {
    const { server, queue, item, answer } = set('a', 'b');
    await answer(server.looks, 'a');
    queue.setTitle(keyOf(file('a')), 'Mine');
    queue.show([file('a')]);
    expect(server.looks[1]?.sending.signal.aborted).toBe(true);
    expect(item('b')).toBeUndefined();
    expect(item('a')).toMatchObject({ look: { state: 'found' }, title: 'Mine' });
  });

  it('leaves pasted words alone: they stand before one’s eyes', () => {
    const server = new Server();
    new ImportQueue(server).show([{ kind: 'text', text: 'Words' }]);
    expect(server.looks).toEqual([]);
  });
});

describe('UI58: where the server is with reading is known of each', () => {
  const page = (number: number) => ({ step: 'page' as const, page: number, pages: 60 });

  it('by the id that its request bears, and of no other', () => {
    const { server, queue, item } = set('a', 'b');
    queue.progressed({ importId: server.looks[1]?.id ?? '', at: page(12) });
    queue.progressed({ importId: 'of another tab', at: page(13) });
    expect(item('b')?.at).toEqual(page(12));
    expect(item('a')?.at).toBeNull();
  });

  it('begins anew when it is sent to be kept, under the same id', async () => {
    const { server, queue, item, answer } = set('a');
    queue.progressed({ importId: server.looks[0]?.id ?? '', at: page(12) });
    const sent = queue.send('external');
    expect(item('a')?.at).toBeNull();
    expect(server.imports[0]?.id).toBe(server.looks[0]?.id);
    queue.progressed({ importId: server.imports[0]?.id ?? '', at: { step: 'arranging' } });
    expect(item('a')?.at).toEqual({ step: 'arranging' });
    await answer(server.imports, 'a');
    await sent;
  });
});

describe('UI46: several are imported one after the other', () => {
  it('one that is refused stops no other', async () => {
    const { server, queue, item, answer } = set('a', 'b', 'c');
    const sent = queue.send('external');
    await answer(server.imports, 'a');
    await answer(server.imports, 'b', refusal);
    await answer(server.imports, 'c');
    await sent;
    expect(item('a')?.keeping.state).toBe('done');
    expect(item('b')?.keeping).toEqual({ state: 'refused', sentence: refusal.message });
    expect(item('c')?.keeping.state).toBe('done');
    expect(server.imports.map(({ fields }) => fields?.purpose)).toEqual(['external', 'external', 'external']);
  });

  it('nothing waits for the look: it ends when the sending begins', async () => {
    const { server, queue, answer } = set('a', 'b');
    const sent = queue.send('draft');
    expect(server.looks.every(({ sending }) => sending.signal.aborted)).toBe(true);
    await answer(server.imports, 'a');
    await answer(server.imports, 'b');
    await sent;
    expect(server.looks).toHaveLength(2);
  });

  it('what cannot be imported is not sent', async () => {
    const { server, queue, item, answer } = set('a', 'b');
    await answer(server.looks, 'a', refusal);
    await vi.waitFor(() => expect(item('a')?.look.state).toBe('refused'));
    const sent = queue.send('external');
    await answer(server.imports, 'b');
    await sent;
    expect(server.imports.map(({ name }) => name)).toEqual(['b']);
  });

  it('cancelling keeps what is done and looks at the rest again', async () => {
    const { server, queue, item, answer } = set('a', 'b', 'c');
    const sent = queue.send('external');
    await answer(server.imports, 'a');
    await vi.waitFor(() => expect(server.imports).toHaveLength(2));
    queue.cancel();
    await sent;
    expect(item('a')?.keeping.state).toBe('done');
    expect([item('b'), item('c')].map((one) => one?.keeping.state)).toEqual(['waiting', 'waiting']);
    expect(server.imports).toHaveLength(2);
    expect(item('b')?.look.state).toBe('reading');
  });

  it('a second try goes under the same id, so nothing is made twice', async () => {
    const { server, queue, item, answer } = set('a', 'b');
    const first = queue.send('external');
    await answer(server.imports, 'a', offline);
    await first;
    // Without the server no other would pass either.
    expect(server.imports).toHaveLength(1);
    expect(item('b')?.keeping.state).toBe('waiting');
    const second = queue.send('external');
    await answer(server.imports, 'a');
    await answer(server.imports, 'b');
    await second;
    expect(server.imports.map(({ fields }) => fields?.id)).toEqual(['id-1', 'id-1', 'id-2']);
  });

  it('a title that was typed goes along, an emptied one does not', async () => {
    const { server, queue, answer } = set('a', 'b');
    queue.setTitle(keyOf(file('a')), ' Harbour ');
    queue.setTitle(keyOf(file('b')), ' ');
    const sent = queue.send('external');
    await answer(server.imports, 'a');
    await answer(server.imports, 'b');
    await sent;
    expect(server.imports.map(({ fields }) => fields?.title)).toEqual(['Harbour', undefined]);
  });
});
