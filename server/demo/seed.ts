/** The demo: a workspace of its own with four people and a half-checked report. Made once a database. */
import { defaultRatingScale } from '#core/domain/rating-scale.ts';
import { DEMO_DOMAIN } from '#db/queries/accounts.ts';
import { findDemoWorkspace, insertMember, insertWorkspace } from '#db/queries/members.ts';
import { lockSetup } from '#db/queries/setup.ts';
import { createUser } from '#server/auth/accounts.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { demoPeople, type DemoPerson, type Who } from './content.ts';
import { seedDemoReport, type DemoCast } from './report.ts';

const WORKSPACE_NAME = 'Demo newsroom';

export function demoEmail(who: Who): string {
  return `${who}${DEMO_DOMAIN}`;
}

export async function seedDemo(runtime: Runtime): Promise<void> {
  const cast = await makeCast(runtime);
  if (cast !== null) await seedDemoReport(runtime, cast);
}

/** Null when the demo is there already. */
async function makeCast(runtime: Runtime): Promise<DemoCast | null> {
  const { database, newId } = runtime;
  if ((await findDemoWorkspace(database.db)) !== null) return null;
  const at = runtime.now();
  return database.db.transaction(async (tx) => {
    await lockSetup(tx);
    if ((await findDemoWorkspace(tx)) !== null) return null;
    const workspaceId = newId();
    await insertWorkspace(tx, {
      id: workspaceId,
      name: WORKSPACE_NAME,
      isDemo: true,
      ratingScale: [...defaultRatingScale],
      at,
    });
    const member = async (person: DemoPerson, order: number): Promise<Principal> => {
      const { name, role, color, key } = person;
      const [userId, memberId, email] = [newId(), newId(), demoEmail(key)];
      // Without a password nobody signs in as them but through the demo's own door.
      await createUser(tx, { id: userId, name, email, passwordHash: null, at }, newId);
      await insertMember(tx, {
        id: memberId,
        workspaceId,
        userId,
        role,
        color,
        at: new Date(at.getTime() + order),
      });
      return { workspaceId, memberId, userId, name, email, color, role, via: { kind: 'system' } };
    };
    const made: Partial<DemoCast> = {};
    for (const [order, person] of demoPeople.entries()) made[person.key] = await member(person, order);
    const { ana, ben, chloe, dara } = made;
    if (ana === undefined || ben === undefined || chloe === undefined || dara === undefined)
      throw new Error('The demo lacks somebody');
    return { ana, ben, chloe, dara };
  });
}
