/**
 * Asks for roles in groups: while one question is with the database, those that come wait and go into the next one
 * together. After a restart everybody comes at once. Nothing is remembered: each answer was read after it was asked for.
 */
import type { Role } from '#core/domain/words.ts';
import type { RoleQuestion } from '#db/queries/principals.ts';

/** More in one statement would keep the commits waiting. */
const MAX_QUESTIONS = 250;

interface Waiting {
  readonly question: RoleQuestion;
  readonly resolve: (role: Role | null) => void;
  readonly reject: (error: unknown) => void;
}

export class RoleQueue {
  #waiting: Waiting[] = [];
  #isRunning = false;

  /** `answer` gives the roles in the order of the questions. */
  constructor(readonly answer: (questions: readonly RoleQuestion[]) => Promise<(Role | null)[]>) {}

  ask(question: RoleQuestion): Promise<Role | null> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject });
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    // Whoever asks in the same turn goes into the first group already.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#answerSome(this.#waiting.splice(0, MAX_QUESTIONS));
    // In the same turn as the last look: whoever comes later starts the next run.
    this.#isRunning = false;
  }

  async #answerSome(group: readonly Waiting[]): Promise<void> {
    try {
      const roles = await this.answer(group.map(({ question }) => question));
      for (const [i, { resolve }] of group.entries()) resolve(roles[i] ?? null);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
