import { expect, it } from 'vitest';
import { Gate } from '#server/gate.ts';

it('SY26 lets no more through at once than it has places, in order, also when some fail', async () => {
  const gate = new Gate(2);
  const begun: number[] = [];
  const enders: ((fails: boolean) => void)[] = [];
  const work = (n: number): Promise<string> =>
    gate
      .run(() => {
        begun.push(n);
        return new Promise<string>((resolve, reject) =>
          enders.push((fails) => (fails ? reject(new Error('failed')) : resolve(`${n} done`))),
        );
      })
      .catch(() => `${n} failed`);
  const all = Promise.all([1, 2, 3, 4].map(work));
  await Promise.resolve();
  expect(begun).toEqual([1, 2]);
  enders[0]?.(true);
  enders[1]?.(false);
  await expect.poll(() => begun).toEqual([1, 2, 3, 4]);
  enders[2]?.(false);
  enders[3]?.(false);
  expect(await all).toEqual(['1 failed', '2 done', '3 done', '4 done']);
});
