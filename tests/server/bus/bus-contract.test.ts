/** One contract for every kind of bus. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from '#server/bus/bus.ts';
import { MemoryHub } from '#server/bus/memory-bus.ts';
import { openRedisBus } from '#server/bus/redis-bus.ts';
import { silent, until } from '#tests/server/sync/sync-world.ts';
import { onlyWhere } from '#tests/support/only-where.ts';
import { RedisServer } from '#tests/support/redis-server.ts';

const redis = new RedisServer();
const hub = new MemoryHub();

describe.each(['memory', 'redis'] as const)('the bus (%s)', (kind) => {
  const opened: Bus[] = [];
  const channel = `test.${randomUUID()}`;
  const open = (): Bus => {
    const bus =
      kind === 'memory' ? hub.connect() : openRedisBus({ url: redis.url, nodeId: randomUUID(), log: silent });
    opened.push(bus);
    return bus;
  };
  /** Everything a bus hears on a channel, as text. */
  const listen = (bus: Bus, name = channel): string[] => {
    const heard: string[] = [];
    bus.subscribe(name, (message) => heard.push(new TextDecoder().decode(message)));
    return heard;
  };
  /** Until a message from one reaches the other: both are connected and subscribed. */
  const connected = async (from: Bus, to: Bus): Promise<void> => {
    const name = `hello.${randomUUID()}`;
    const heard = listen(to, name);
    await until(() => {
      from.publish(name, 'hello');
      return heard.length > 0;
    }, 'the nodes are connected');
  };

  beforeAll(async () => {
    if (kind === 'redis') await redis.start();
  });
  afterEach(async () => {
    for (const bus of opened.splice(0)) await bus.close();
  });
  afterAll(async () => {
    if (kind === 'redis') await redis.stop();
  });

  it('SY18 brings a message to every other node once, in order, and never to its own', async () => {
    const [a, b, c] = [open(), open(), open()];
    const [own, atB, atC] = [listen(a), listen(b), listen(c)];
    await connected(a, b);
    await connected(a, c);
    await connected(b, a);
    for (const message of ['1', '2', '3']) a.publish(channel, message);
    await until(() => atB.length >= 3 && atC.length >= 3, 'both have all');
    expect([own, atB, atC]).toEqual([[], ['1', '2', '3'], ['1', '2', '3']]);
  });

  it('SY18 carries any bytes', async () => {
    const [a, b] = [open(), open()];
    const heard: number[][] = [];
    b.subscribe(channel, (message) => heard.push([...message]));
    await connected(a, b);
    a.publish(channel, new Uint8Array([0, 10, 255, 13]));
    await until(() => heard.length > 0, 'it is here');
    expect(heard).toEqual([[0, 10, 255, 13]]);
  });

  it('SY18 keeps channels apart and stops when told to', async () => {
    const [a, b] = [open(), open()];
    const heard: string[] = [];
    const stop = b.subscribe(channel, () => heard.push('stopped'));
    const rest = listen(b);
    await connected(a, b);
    stop();
    a.publish(`${channel}.other`, 'other');
    a.publish(channel, 'mine');
    await until(() => rest.length > 0, 'it is here');
    expect([heard, rest]).toEqual([[], ['mine']]);
  });

  onlyWhere(kind === 'redis')('SY18 tells of a gap when the connection is back, and goes on', async () => {
    const [a, b] = [open(), open()];
    const heard = listen(b);
    await connected(a, b);
    let gaps = 0;
    b.onGap(() => gaps++);
    await redis.stop();
    a.publish(channel, 'lost');
    await redis.start();
    await until(() => gaps === 1, 'the gap is told');
    await connected(a, b);
    a.publish(channel, 'after');
    await until(() => heard.includes('after'), 'it goes on');
  });

  onlyWhere(kind === 'redis')('SY18 tells of a gap when the connection first stands', async () => {
    await redis.stop();
    const [a, b] = [open(), open()];
    let gaps = 0;
    b.onGap(() => gaps++);
    listen(b);
    await b.listening();
    expect(gaps).toBe(0);
    await redis.start();
    await until(() => gaps === 1, 'the gap is told');
    await connected(a, b);
  });

  onlyWhere(kind === 'redis')('SY18 tells a node of a gap that could not publish meanwhile', async () => {
    const [a, b] = [open(), open()];
    await connected(a, b);
    await connected(b, a);
    let gaps = 0;
    a.onGap(() => gaps++);
    redis.cutPublishers();
    await until(() => gaps > 0, 'the gap is told');
    await connected(a, b);
  });

  it('SY18 hears what is said after it waited until it listens', async () => {
    const [a, b] = [open(), open()];
    await connected(a, b);
    const heard = listen(b);
    await b.listening();
    a.publish(channel, 'at once');
    await until(() => heard.length > 0, 'it is here');
    expect(heard).toEqual(['at once']);
  });
});
