/** The bus of this node: over Redis when there is one, else within the process. */
import type { Log } from '#server/log.ts';
import type { Bus } from './bus.ts';
import { openMemoryBus } from './memory-bus.ts';
import { openRedisBus } from './redis-bus.ts';

export function openBus(options: { redisUrl: string | undefined; nodeId: string; log: Log }): Bus {
  const { redisUrl, nodeId, log } = options;
  return redisUrl === undefined ? openMemoryBus() : openRedisBus({ url: redisUrl, nodeId, log });
}
