/**
 * Commands kept on this device, one item each, so that two pages of one person never overwrite each other's.
 * Keyed by person and workspace: who signs in next on this device does not send them.
 */
import type { Given } from './desk-command.ts';

export class KeptCommands {
  readonly #storage: Storage | null;
  readonly #prefix: string;

  constructor(storage: Storage | null, memberId: string, workspaceId: string) {
    this.#storage = storage;
    this.#prefix = `proofdesk:outbox:${memberId}:${workspaceId}:`;
  }

  /** In the order in which they were given. What cannot be read is of another version and is left out. */
  readAll(): Given[] {
    const storage = this.#storage;
    if (storage === null) return [];
    const found: Given[] = [];
    for (let index = 0; index < storage.length; index += 1) {
      const name = storage.key(index);
      if (name === null || !name.startsWith(this.#prefix)) continue;
      const given = parseGiven(storage.getItem(name));
      if (given !== null) found.push(given);
    }
    return found.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.order - b.order));
  }

  /** False when the device has no room or no storage: the command then lives as long as the page. */
  keep(given: Given): boolean {
    try {
      this.#storage?.setItem(this.#prefix + given.key, JSON.stringify(given));
      return this.#storage !== null;
    } catch {
      return false;
    }
  }

  forget(key: string): void {
    this.#storage?.removeItem(this.#prefix + key);
  }
}

function parseGiven(text: string | null): Given | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isGiven(value) ? value : null;
  } catch {
    return null;
  }
}

/** We wrote it ourselves: its outline is enough. */
function isGiven(value: unknown): value is Given {
  if (typeof value !== 'object' || value === null) return false;
  const { key, reportId, at, command } = value as Record<string, unknown>;
  return (
    typeof key === 'string' &&
    typeof reportId === 'string' &&
    typeof at === 'string' &&
    typeof command === 'object' &&
    command !== null
  );
}
