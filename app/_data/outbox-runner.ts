/**
 * Sends what is in the outbox, in order, and keeps it on this device until the server has answered. What the
 * answers mean is decided in outbox.ts; here is only what touches the world.
 */
import { ask, RequestProblem } from '../_session/request.ts';
import { requestOf, type Given } from './desk-command.ts';
import type { KeptCommands } from './kept-commands.ts';
import * as machine from './outbox.ts';

export interface OutboxListener {
  changed(outbox: machine.Outbox): void;
  taken(given: Given, answer: unknown): void;
  /** `dropped` begins with the refused command. */
  refused(problem: RequestProblem, dropped: readonly Given[]): void;
}

export interface OutboxEffects {
  send(this: void, given: Given): Promise<unknown>;
  /** 0 to 1. */
  random(this: void): number;
  later(this: void, run: () => void, ms: number): () => void;
}

export const browserEffects: OutboxEffects = {
  send: (given) => {
    const { method, path, body } = requestOf(given);
    return ask.once(given.key, { method, path: `/api/v1${path}`, ...(body === undefined ? {} : { body }) });
  },
  random: Math.random,
  later: (run, ms) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export class OutboxRunner {
  #outbox = machine.emptyOutbox;
  #cancelWait: () => void = () => undefined;
  #isStopped = true;
  readonly #kept: KeptCommands;
  readonly #listener: OutboxListener;
  readonly #effects: OutboxEffects;

  constructor(kept: KeptCommands, listener: OutboxListener, effects: OutboxEffects = browserEffects) {
    this.#kept = kept;
    this.#listener = listener;
    this.#effects = effects;
  }

  /** Takes over what an earlier visit left. */
  start(): void {
    this.#isStopped = false;
    this.#become(machine.give(this.#outbox, this.#kept.readAll()));
    this.#sendNext();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelWait();
  }

  give(given: Given): void {
    this.#kept.keep(given);
    this.#become(machine.give(this.#outbox, [given]));
    this.#sendNext();
  }

  wake(): void {
    this.#cancelWait();
    this.#become(machine.wake(this.#outbox));
    this.#sendNext();
  }

  #become(outbox: machine.Outbox): void {
    if (outbox === this.#outbox) return;
    this.#outbox = outbox;
    this.#listener.changed(outbox);
  }

  #sendNext(): void {
    const given = this.#isStopped ? null : machine.nextToSend(this.#outbox);
    if (given === null) return;
    this.#become(machine.sending(this.#outbox));
    void this.#send(given).then(() => this.#sendNext());
  }

  async #send(given: Given): Promise<void> {
    try {
      this.#take(given, await this.#effects.send(given));
    } catch (error) {
      const problem =
        error instanceof RequestProblem ? error : new RequestProblem('internal', 0, String(error));
      this.#answered(given, problem);
    }
  }

  #answered(given: Given, problem: RequestProblem): void {
    switch (machine.meaningOf(problem.status, problem.code)) {
      case 'kept':
        return this.#take(given, problem.body);
      case 'signed_out':
        return this.#become(machine.signedOut(this.#outbox));
      case 'retry':
        this.#become(machine.unanswered(this.#outbox));
        this.#cancelWait = this.#effects.later(
          () => this.wake(),
          machine.waitBefore(this.#outbox.failures, this.#effects.random()),
        );
        return;
      case 'refused': {
        const { outbox, dropped } = machine.refused(this.#outbox, given.key);
        for (const one of dropped) this.#kept.forget(one.key);
        this.#listener.refused(problem, dropped);
        this.#become(outbox);
      }
    }
  }

  #take(given: Given, answer: unknown): void {
    this.#kept.forget(given.key);
    this.#listener.taken(given, answer);
    this.#become(machine.taken(this.#outbox, given.key));
  }
}
