/**
 * The bus over Redis. Each message carries its node's id, so that a node knows its own. Publishing never waits and
 * never fails: what Redis cannot take now is lost. A gap is told when both connections stand, on this node only: it
 * asks and says again what matters; what others missed of it they find in the database.
 */
import { Redis } from 'ioredis';
import type { Log } from '#server/log.ts';
import { Subscriptions, toBytes, type Bus } from './bus.ts';

export interface RedisBusOptions {
  readonly url: string;
  readonly nodeId: string;
  readonly log: Log;
}

/** Channels of other programs on the same Redis stay apart. */
const PREFIX = 'proofdesk:';
const RETRY_MILLISECONDS = 200;
const MAX_RETRY_MILLISECONDS = 2_000;
/** What Redis may take to answer; a report is loaded no later for it. */
const ANSWER_MILLISECONDS = 2_000;

export function openRedisBus({ url, nodeId, log }: RedisBusOptions): Bus {
  const options = {
    lazyConnect: false,
    enableOfflineQueue: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    commandTimeout: ANSWER_MILLISECONDS,
    retryStrategy: (times: number) => Math.min(times * RETRY_MILLISECONDS, MAX_RETRY_MILLISECONDS),
  };
  const publisher = new Redis(url, options);
  const subscriber = new Redis(url, options);
  const subscriptions = new Subscriptions();
  const gapListeners = new Set<() => void>();
  const sender = Buffer.from(`${nodeId}\n`);
  /** The last SUBSCRIBE; Redis answers them in order. */
  let subscribing: Promise<unknown> = Promise.resolve();
  let isListening = false;

  for (const [name, client] of Object.entries({ publisher, subscriber })) {
    client.on('error', (error: Error) =>
      log.warn({ reason: error.message, connection: name }, 'the bus is not reachable'),
    );
  }
  const subscribeAll = async (): Promise<void> => {
    const channels = subscriptions.channels().map((channel) => PREFIX + channel);
    if (channels.length > 0) await subscriber.subscribe(...channels);
    isListening = true;
  };
  const tellGap = (): void => {
    if (isListening && publisher.status === 'ready') for (const listener of gapListeners) listener();
  };
  publisher.on('ready', tellGap);
  subscriber.on('close', () => {
    isListening = false;
  });
  subscriber.on('ready', () => {
    subscribeAll().then(tellGap, (error: unknown) => {
      log.warn({ err: error }, 'the bus could not subscribe');
      subscriber.disconnect(true); // and comes again
    });
  });
  subscriber.on('messageBuffer', (channel: Buffer, message: Buffer) => {
    const end = message.indexOf(0x0a);
    if (end < 0 || message.subarray(0, end + 1).equals(sender)) return;
    subscriptions.deliver(channel.toString().slice(PREFIX.length), message.subarray(end + 1));
  });

  const quietly = (work: Promise<unknown>, what: string): void => {
    work.catch((error: unknown) => log.debug({ err: error, what }, 'a message to the bus was lost'));
  };
  return {
    isAlone: () => false,
    publish: (channel, message) =>
      quietly(publisher.publish(PREFIX + channel, Buffer.concat([sender, toBytes(message)])), 'publish'),
    subscribe: (channel, on) => {
      // Before the connection stands, `ready` subscribes to everything.
      if (subscriptions.add(channel, on) && subscriber.status === 'ready') {
        subscribing = subscriber.subscribe(PREFIX + channel);
        quietly(subscribing, 'subscribe');
      }
      return () => {
        if (subscriptions.remove(channel, on) && subscriber.status === 'ready')
          quietly(subscriber.unsubscribe(PREFIX + channel), 'unsubscribe');
      };
    },
    listening: async () => {
      await subscribing.catch(() => undefined); // it is said where it was asked for
    },
    onGap: (listener) => {
      gapListeners.add(listener);
      return () => void gapListeners.delete(listener);
    },
    close: () => {
      publisher.disconnect();
      subscriber.disconnect();
      return Promise.resolve();
    },
  };
}
