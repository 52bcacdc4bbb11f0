import { beforeAll, expect, test } from 'vitest';
import { addMember, removeMember } from '#server/commands/members.ts';
import { setReportRole } from '#server/commands/report-roles.ts';
import type { Principal } from '#server/principal.ts';
import { describeOnEveryDatabase } from '#tests/support/database.ts';
import { openDesk, type TestDesk } from '#tests/support/desk.ts';

describeOnEveryDatabase('members', (open) => {
  let desk: TestDesk;
  let ana: Principal;

  beforeAll(async () => {
    desk = await openDesk(await open());
    ana = await desk.join('Ana', 'owner');
  }, 60_000);

  test('who leaves and comes back has no role for single reports any more', async () => {
    const { runtime } = desk;
    const vera = await desk.join('Vera', 'viewer');
    const { id } = await desk.import(ana, 'Sirens sounded.');
    await setReportRole(runtime, ana, id, vera.memberId, 'editor');
    expect(await runtime.auth.roleFor(vera, id)).toBe('editor');
    await removeMember(runtime, ana, vera.memberId);
    expect(await runtime.auth.roleFor(vera, id)).toBeNull();
    const { member } = await addMember(runtime, ana, { email: vera.email, name: 'Vera', role: 'viewer' });
    expect(member.id).toBe(vera.memberId);
    expect(await runtime.auth.roleFor(vera, id)).toBe('viewer');
  });
});
