/** Group commits: what goes together, and what a failing database does to it. */
import { expect, it } from 'vitest';
import type { NewClient, NewEntry, Written } from '#db/queries/document-append.ts';
import { CommitQueue, type CommitRequest } from '#server/sync/commit-queue.ts';
import { silent, until } from './sync-world.ts';

const request = (docId: string, ...texts: string[]): CommitRequest => ({
  docId,
  entries: texts.map((text) => ({ docId, memberId: null, data: new TextEncoder().encode(text) })),
  clients: [],
});

/** A log in memory that can be held up and can fail. */
class Log {
  readonly groups: string[][] = [];
  readonly #heads = new Map<string, number>();
  failWith: ((entries: readonly NewEntry[]) => Error | null) | null = null;
  gate: Promise<void> = Promise.resolve();
  taken = new Set<number>();

  append = async (entries: readonly NewEntry[], clients: readonly NewClient[]): Promise<Written> => {
    await this.gate;
    const error = this.failWith?.(entries) ?? null;
    if (error !== null) throw error;
    const foreign = clients.filter(({ clientId }) => this.taken.has(clientId));
    if (foreign.length > 0) return { kind: 'foreign_client', clients: foreign };
    this.groups.push(entries.map(({ docId, data }) => docId + new TextDecoder().decode(data)));
    const base = new Map<string, number>();
    for (const { docId } of entries) {
      const head = this.#heads.get(docId) ?? 0;
      if (!base.has(docId)) base.set(docId, head);
      this.#heads.set(docId, head + 1);
    }
    return { kind: 'written', base, locked: new Set(), held: new Set() };
  };
}

it('SY20 commits what arrives during a commit together in the next one', async () => {
  const log = new Log();
  const queue = new CommitQueue(log.append, silent);
  let open = (): void => undefined;
  log.gate = new Promise((resolve) => {
    open = resolve;
  });
  const first = queue.commit(request('a', '1'));
  await Promise.resolve();
  await Promise.resolve();
  const rest = [queue.commit(request('b', '1', '2')), queue.commit(request('c', '1'))];
  open();
  expect(await Promise.all([first, ...rest])).toEqual(
    [1, 1, 1].map((firstSeq) => ({ kind: 'committed', firstSeq })),
  );
  expect(log.groups).toEqual([['a1'], ['b1', 'b2', 'c1']]);
});

it('SY20 takes a request that comes as the last commit ends', async () => {
  const log = new Log();
  const queue = new CommitQueue(log.append, silent);
  const seqs: unknown[] = [];
  for (let i = 0; i < 20; i++) seqs.push(await queue.commit(request('a', String(i))));
  expect(seqs.at(-1)).toEqual({ kind: 'committed', firstSeq: 20 });
});

it('SY19 tries again while the database fails, and answers when it is back', async () => {
  const log = new Log();
  let failures = 0;
  log.failWith = () => (failures++ < 2 ? new Error('connection refused') : null);
  const queue = new CommitQueue(log.append, silent);
  expect(await queue.commit(request('a', '1'))).toEqual({ kind: 'committed', firstSeq: 1 });
  expect(failures).toBe(3);
});

it('SY19 lets one entry that cannot be stored harm nobody else', async () => {
  const log = new Log();
  log.failWith = (entries) =>
    entries.some(({ docId }) => docId === 'bad')
      ? Object.assign(new Error('no such member'), { code: '23503' })
      : null;
  const queue = new CommitQueue(log.append, silent);
  const answers = await Promise.all([
    queue.commit(request('a', '1')),
    queue.commit(request('bad', '1')),
    queue.commit(request('c', '1')),
  ]);
  expect(answers.map(({ kind }) => kind)).toEqual(['committed', 'impossible', 'committed']);
});

it('SY8 tells whose client ids were taken meanwhile and commits the others', async () => {
  const log = new Log();
  log.taken.add(7);
  const queue = new CommitQueue(log.append, silent);
  const forged = { ...request('a', '1'), clients: [{ docId: 'a', clientId: 7, memberId: 'm' }] };
  expect(await Promise.all([queue.commit(forged), queue.commit(request('b', '1'))])).toEqual([
    { kind: 'foreign_client', clientIds: [7] },
    { kind: 'committed', firstSeq: 1 },
  ]);
});

it('SY65 lets others pass a commit that takes long, and answers it when it is done', async () => {
  const log = new Log();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const queue = new CommitQueue(async (entries, clients) => {
    if (entries.some(({ docId }) => docId === 'held')) await held;
    return log.append(entries, clients);
  }, silent);
  const late = queue.commit(request('held', '1'));
  await Promise.resolve();
  await Promise.resolve();
  expect(await queue.commit(request('a', '1'))).toEqual({ kind: 'committed', firstSeq: 1 });
  expect(await queue.commit(request('b', '1'))).toEqual({ kind: 'committed', firstSeq: 1 });
  release();
  expect(await late).toEqual({ kind: 'committed', firstSeq: 1 });
  expect(log.groups).toEqual([['a1'], ['b1'], ['held1']]);
});

it('SY65 waits alone for each report of a group that somebody holds', async () => {
  const log = new Log();
  const queue = new CommitQueue(async (entries, clients) => {
    if (entries.length === 1) return log.append(entries, clients);
    const written = await log.append(
      entries.filter(({ docId }) => docId !== 'held'),
      clients,
    );
    return { ...written, held: new Set(['held']) };
  }, silent);
  const docs = ['a', 'held', 'c'];
  const answers = await Promise.all(docs.map((docId) => queue.commit(request(docId, '1'))));
  expect(answers.map(({ kind }) => kind)).toEqual(['committed', 'committed', 'committed']);
  expect(log.groups).toEqual([['a1', 'c1'], ['held1']]);
});

it('SY21 gives up on a database that stays away when it must stop', async () => {
  const log = new Log();
  log.failWith = () => new Error('connection refused');
  const queue = new CommitQueue(log.append, silent);
  const answer = queue.commit(request('a', '1'));
  let isOver = false;
  void answer.then(() => {
    isOver = true;
  });
  queue.stop();
  await until(() => isOver, 'it gave up');
  expect(await answer).toEqual({ kind: 'impossible', reason: 'stopping' });
});
