/**
 * A message port that looks like a socket to `pg`, so that the driver speaks PostgreSQL's wire protocol with the
 * thread next door. What has been written is copied: the driver reuses its buffers. When that thread ends, the
 * engine destroys the stream.
 */
import { Duplex } from 'node:stream';
import type { MessagePort } from 'node:worker_threads';
import { concat } from './frontend-messages.ts';

type Written = { chunk: Uint8Array };
type Done = (error?: Error | null) => void;

export type ChannelOptions = {
  /** When somebody listens at the other end. */
  connected: Promise<void>;
  /** `onStuck` is called when an answer has been due for this many milliseconds. */
  patience: number;
  onStuck: () => void;
};

export class ChannelStream extends Duplex {
  readonly #port: MessagePort;
  readonly #connected: Promise<void>;
  readonly #patience: number;
  readonly #onStuck: () => void;
  #alarm: NodeJS.Timeout | undefined;

  constructor(port: MessagePort, { connected, patience, onStuck }: ChannelOptions) {
    super();
    this.#port = port;
    this.#connected = connected;
    this.#patience = patience;
    this.#onStuck = onStuck;
    port.on('message', (bytes: Uint8Array<ArrayBuffer>) => {
      this.#calm();
      this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
  }

  /** `pg` asks its socket to connect and waits for the event. */
  connect(): this {
    this.#connected.then(
      () => this.emit('connect'),
      (error: Error) => this.destroy(error),
    );
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    this.#port.ref();
    return this;
  }

  unref(): this {
    this.#port.unref();
    return this;
  }

  override _read(): void {
    // The port pushes; `pg` reads all there is.
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: Done): void {
    this.#send([chunk]);
    done();
  }

  override _writev(written: readonly Written[], done: Done): void {
    this.#send(written.map(({ chunk }) => chunk));
    done();
  }

  override _final(done: Done): void {
    this.#calm();
    this.#port.removeAllListeners('message');
    this.#port.close();
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: Done): void {
    this.#calm();
    this.#port.close();
    done(error);
  }

  #send(chunks: readonly Uint8Array[]): void {
    const bytes = concat(...chunks);
    this.#alarm ??= setTimeout(this.#onStuck, this.#patience);
    this.#port.postMessage(bytes, [bytes.buffer]);
  }

  #calm(): void {
    clearTimeout(this.#alarm);
    this.#alarm = undefined;
  }
}
