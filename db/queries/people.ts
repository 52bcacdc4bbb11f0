/** Names of members, former ones too: what a record says of its people. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Person } from '#core/records.ts';
import type { DbOrTx } from '#db/open.ts';
import { members, users } from '#db/schema.ts';

export class People {
  readonly #names: ReadonlyMap<string, string>;

  constructor(names: ReadonlyMap<string, string>) {
    this.#names = names;
  }

  /** `imported` is a name that came with an import: then the member only brought it. */
  person(memberId: string, imported: string | null = null): Person {
    if (imported !== null) return { id: null, name: imported };
    return { id: memberId, name: this.#names.get(memberId) ?? 'Former member' };
  }

  /** Members and former ones. */
  get all(): Person[] {
    return [...this.#names].map(([id, name]) => ({ id, name }));
  }

  maybe(memberId: string | null): Person | null {
    return memberId === null ? null : this.person(memberId);
  }
}

export async function loadPeople(db: DbOrTx, workspaceId: string): Promise<People> {
  const rows = await db
    .select({ id: members.id, name: users.name })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.workspaceId, workspaceId));
  return new People(new Map(rows.map((row) => [row.id, row.name])));
}

/** Whether all these are members now; answers the ids that are not. */
export async function missingMembers(
  db: DbOrTx,
  workspaceId: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), isNull(members.removedAt)));
  const present = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !present.has(id));
}
