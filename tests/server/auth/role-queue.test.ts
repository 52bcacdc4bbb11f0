import { expect, it } from 'vitest';
import type { Role } from '#core/domain/words.ts';
import type { RoleQuestion } from '#db/queries/principals.ts';
import { RoleQueue } from '#server/auth/role-queue.ts';

const about = (memberId: string): RoleQuestion => ({ workspaceId: 'w', memberId, reportId: 'r' });

it('AU20 asks together what comes while the database answers, and reads nothing before it was asked', async () => {
  const asked: string[][] = [];
  const answers: (() => void)[] = [];
  const held = new Map<string, Role>([['ana', 'editor']]);
  const queue = new RoleQueue((questions) => {
    asked.push(questions.map(({ memberId }) => memberId));
    const read = questions.map(({ memberId }) => held.get(memberId) ?? null);
    return new Promise((resolve) => answers.push(() => resolve(read)));
  });
  const first = queue.ask(about('ana'));
  await expect.poll(() => asked).toEqual([['ana']]);
  const later = [queue.ask(about('ana')), queue.ask(about('ben'))];
  held.clear();
  held.set('ben', 'viewer');
  answers[0]?.();
  expect(await first).toBe('editor');
  await expect.poll(() => asked).toEqual([['ana'], ['ana', 'ben']]);
  answers[1]?.();
  expect(await Promise.all(later)).toEqual([null, 'viewer']);
});

it('AU20 tells everybody of a group that it failed, and goes on', async () => {
  let fails = true;
  const queue = new RoleQueue((questions) =>
    fails ? Promise.reject(new Error('away')) : Promise.resolve(questions.map(() => 'owner' as const)),
  );
  await expect(Promise.all([queue.ask(about('ana')), queue.ask(about('ben'))])).rejects.toThrow('away');
  fails = false;
  expect(await queue.ask(about('ana'))).toBe('owner');
});
