/** Small texts on this device. Where the browser refuses (private window, full disk) they last as long as the page. */
export function deviceStorage(): Storage {
  return new CarefulStorage(typeof localStorage === 'undefined' ? null : localStorage);
}

class CarefulStorage implements Storage {
  [name: string]: unknown;
  readonly #kept: Storage | null;
  readonly #memory = new Map<string, string>();

  constructor(kept: Storage | null) {
    this.#kept = kept;
  }

  get length(): number {
    return (this.#kept?.length ?? 0) + this.#memory.size;
  }

  getItem(key: string): string | null {
    return this.#memory.get(key) ?? this.#kept?.getItem(key) ?? null;
  }

  setItem(key: string, value: string): void {
    try {
      if (this.#kept === null) this.#memory.set(key, value);
      else {
        this.#kept.setItem(key, value);
        this.#memory.delete(key);
      }
    } catch (error) {
      // Full or forbidden: typing goes on, and only what is said about it is not remembered.
      if (!(error instanceof DOMException)) throw error;
      this.#memory.set(key, value);
    }
  }

  removeItem(key: string): void {
    this.#memory.delete(key);
    this.#kept?.removeItem(key);
  }

  clear(): void {
    this.#memory.clear();
    this.#kept?.clear();
  }

  key(index: number): string | null {
    return [...this.#memory.keys()][index] ?? this.#kept?.key(index - this.#memory.size) ?? null;
  }
}
