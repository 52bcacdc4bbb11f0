import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { RequestProblem } from '../../../app/_session/request.ts';
import type { Given } from '../../../app/_data/desk-command.ts';
import { KeptCommands } from '../../../app/_data/kept-commands.ts';
import * as machine from '../../../app/_data/outbox.ts';
import { OutboxRunner } from '../../../app/_data/outbox-runner.ts';
import { given, marked } from './records.ts';

const change = (claimId = 'c1') => given({ kind: 'change_claim', claimId, changes: { place: 'Lyon' } });
const add = (claimId: string) => given({ kind: 'add_claim', claimId, words: marked, suggested: false });

describe('the outbox', () => {
  test('sends one at a time, in the order given', () => {
    const [first, second] = [change(), change()];
    let outbox = machine.give(machine.emptyOutbox, [first, second]);
    expect(machine.nextToSend(outbox)).toBe(first);
    outbox = machine.sending(outbox);
    expect(machine.nextToSend(outbox)).toBeNull();
    outbox = machine.taken(outbox, first.key);
    expect(machine.nextToSend(outbox)).toBe(second);
  });

  test('takes a command once', () => {
    const one = change();
    expect(machine.give(machine.give(machine.emptyOutbox, [one]), [one]).queue).toEqual([one]);
  });

  test('waits longer each time, up to half a minute', () => {
    const waits = [1, 2, 3, 4, 5, 6, 9].map((failures) => machine.waitBefore(failures, 0));
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(machine.waitBefore(3, 1)).toBe(2_000);
  });

  test('drops with a refused claim what was to be done with it', () => {
    const [claim, why, other] = [add('c1'), change('c1'), change('c2')];
    const outbox = machine.sending(machine.give(machine.emptyOutbox, [claim, why, other]));
    const { dropped, outbox: left } = machine.refused(outbox, claim.key);
    expect(dropped).toEqual([claim, why]);
    expect(left).toEqual({ queue: [other], phase: 'idle', failures: 0 });
  });

  test('drops nothing else with a refused change', () => {
    const [one, two] = [change('c1'), change('c1')];
    expect(machine.refused(machine.give(machine.emptyOutbox, [one, two]), one.key).dropped).toEqual([one]);
  });

  test.each([
    [0, 'offline', 'retry'],
    [503, 'not_ready', 'retry'],
    [429, 'too_many_requests', 'retry'],
    [409, 'conflict', 'retry'],
    [401, 'unauthenticated', 'signed_out'],
    [409, 'verdict_conflict', 'kept'],
    [409, 'verdict_changed', 'refused'],
    [403, 'own_verdict', 'refused'],
    [422, 'anchor_not_found', 'refused'],
  ])('takes %i %s as %s', (status, code, meaning) => {
    expect(machine.meaningOf(status, code)).toBe(meaning);
  });
});

describe('commands on this device', () => {
  test('come back in their order, for the same person and workspace only', () => {
    const storage = memoryStorage();
    const kept = new KeptCommands(storage, 'ana', 'w1');
    const [first, second] = [change(), change()];
    kept.keep(second);
    kept.keep(first);
    storage.setItem('proofdesk:outbox:ana:w1:broken', '{"half":');
    expect(kept.readAll().map((one) => one.key)).toEqual([first.key, second.key]);
    expect(new KeptCommands(storage, 'ben', 'w1').readAll()).toEqual([]);
    expect(new KeptCommands(storage, 'ana', 'w2').readAll()).toEqual([]);
  });

  test('live as long as the page where nothing can be stored', () => {
    expect(new KeptCommands(null, 'ana', 'w1').keep(change())).toBe(false);
    const full = Object.assign(memoryStorage(), {
      setItem: () => {
        throw new Error('full');
      },
    });
    expect(new KeptCommands(full, 'ana', 'w1').keep(change())).toBe(false);
  });
});

describe('the runner', () => {
  test('sends each command once the one before is answered, whatever the network does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('ok', 'offline', 'refuse', 'busy'), { maxLength: 30 }),
        async (weather) => {
          const desk = new Desk(weather);
          const commands = Array.from({ length: 6 }, () => change());
          for (const one of commands) desk.runner.give(one);
          desk.runner.start();
          await desk.settle();
          expect([...desk.taken, ...desk.refused].toSorted()).toEqual(
            commands.map((one) => one.key).toSorted(),
          );
          expect(desk.firstTries).toEqual(commands.map((one) => one.key));
          expect(desk.mostAtOnce).toBe(1);
          expect(desk.kept.readAll()).toEqual([]);
        },
      ),
    );
  });

  test('keeps everything when the session ended, and goes on after signing in', async () => {
    const desk = new Desk(['signed_out']);
    desk.runner.give(change());
    desk.runner.start();
    await desk.settle();
    expect([desk.phase, desk.kept.readAll().length]).toEqual(['signed_out', 1]);
    desk.runner.wake();
    await desk.settle();
    expect([desk.taken.length, desk.kept.readAll().length]).toEqual([1, 0]);
  });

  test('takes over what an earlier visit left', async () => {
    const desk = new Desk([]);
    const left = change();
    desk.kept.keep(left);
    desk.runner.start();
    await desk.settle();
    expect(desk.taken).toEqual([left.key]);
  });
});

/** A runner whose network does as it is told and whose clock never waits. */
class Desk {
  readonly kept = new KeptCommands(memoryStorage(), 'ana', 'w1');
  readonly taken: string[] = [];
  readonly refused: string[] = [];
  readonly firstTries: string[] = [];
  mostAtOnce = 0;
  phase: machine.Outbox['phase'] = 'idle';
  #atOnce = 0;
  readonly #waiting: (() => void)[] = [];
  readonly runner: OutboxRunner;

  constructor(weather: readonly string[]) {
    const ahead = [...weather];
    this.runner = new OutboxRunner(
      this.kept,
      {
        changed: ({ phase }) => {
          this.phase = phase;
        },
        taken: ({ key }) => this.taken.push(key),
        refused: (_problem, dropped) => this.refused.push(...dropped.map((one) => one.key)),
      },
      {
        send: (one) => this.#send(one, ahead.shift() ?? 'ok'),
        random: () => 0.5,
        later: (run) => {
          this.#waiting.push(run);
          return () => undefined;
        },
      },
    );
  }

  async #send(one: Given, weather: string): Promise<unknown> {
    if (!this.firstTries.includes(one.key)) this.firstTries.push(one.key);
    this.#atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
    await Promise.resolve();
    this.#atOnce -= 1;
    if (weather === 'offline') throw new RequestProblem('offline', 0, 'away');
    if (weather === 'busy') throw new RequestProblem('not_ready', 503, 'busy');
    if (weather === 'refuse') throw new RequestProblem('forbidden', 403, 'no');
    if (weather === 'signed_out') throw new RequestProblem('unauthenticated', 401, 'who');
    return null;
  }

  /** Until nothing moves any more; every wait is over at once. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 20; quiet += 1) {
      await Promise.resolve();
      const run = this.#waiting.shift();
      if (run === undefined) continue;
      quiet = 0;
      run();
    }
  }
}

function memoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
    clear: () => items.clear(),
  };
}
