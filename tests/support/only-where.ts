/**
 * A test that is only there where its matter exists (a bus that can break, two nodes on one database). It is left out
 * elsewhere, not skipped: a skipped test counts as a failure here, so that nothing passes by not running.
 */
import { it } from 'vitest';

export function onlyWhere(
  holds: boolean,
): (name: string, ...test: [run: () => Promise<void> | void, timeout?: number]) => void {
  return (name, run, timeout) => {
    if (holds) it(name, run, timeout);
  };
}
