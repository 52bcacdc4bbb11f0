/**
 * One piece of work that many ask for, such as reading what is new. It runs once at a time, and whoever asks while
 * it runs gets the next run, which begins afterwards and is shared. So no answer is older than its question.
 */
export class FreshRuns<T> {
  #running: Promise<T> | null = null;
  #next: Promise<T> | null = null;

  constructor(readonly work: () => Promise<T>) {}

  run(): Promise<T> {
    if (this.#running === null) return this.#begin();
    // Somebody may have begun one as soon as the last was over: that one is new enough.
    const begin = (): Promise<T> => this.#running ?? this.#begin();
    return (this.#next ??= this.#running.then(begin, begin));
  }

  #begin(): Promise<T> {
    this.#next = null;
    const running = this.work().finally(() => {
      this.#running = null;
    });
    this.#running = running;
    return running;
  }
}
