/**
 * A room of one report on a real WebSocket, speaking the y-websocket protocol with the acknowledgements of
 * CONTRACT 8. A test decides when it commits, refuses or closes.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createDecoder, readVarUint } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarString, writeVarUint, type Encoder } from 'lib0/encoding';
import { WebSocketServer, type WebSocket } from 'ws';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';

const kinds = ['step1', 'step2', 'update'] as const;

export class RoomServer {
  readonly doc = new Y.Doc();
  /** Kinds of the sync messages that arrived, one list a socket. */
  readonly received: (typeof kinds)[number][][] = [];
  /** Acknowledge each message as it comes; off: only by `acknowledge`. */
  acknowledges = true;
  /** Send the first SyncStep1 as soon as a socket opens; off: only by `greet`. */
  greets = true;
  /** The code with which the next update is refused; it is then not applied. */
  refuses: string | null = null;
  readonly #server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  readonly #counts = new Map<WebSocket, number>();
  #watchers: (() => void)[] = [];

  constructor() {
    this.#server.on('connection', (socket) => this.#welcome(socket));
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      for (const socket of this.#counts.keys())
        if (socket !== origin)
          this.#send(socket, (encoder) => writeSync(encoder, () => writeUpdate(encoder, update)));
    });
  }

  static async start(): Promise<RoomServer> {
    const room = new RoomServer();
    await once(room.#server, 'listening');
    return room;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/sync`;
  }

  #welcome(socket: WebSocket): void {
    const log: (typeof kinds)[number][] = [];
    this.received.push(log);
    this.#counts.set(socket, 0);
    socket.on('message', (data: Buffer) => this.#hear(socket, log, new Uint8Array(data)));
    socket.on('close', () => {
      this.#counts.delete(socket);
      this.#tell();
    });
    if (this.greets) this.greet();
    this.#tell();
  }

  #hear(socket: WebSocket, log: (typeof kinds)[number][], frame: Uint8Array): void {
    const decoder = createDecoder(frame);
    if (readVarUint(decoder) !== 0) return;
    const kind = kinds[frame[1] ?? 0] ?? 'step1';
    log.push(kind);
    if (kind !== 'step1') this.#counts.set(socket, (this.#counts.get(socket) ?? 0) + 1);
    if (kind === 'update' && this.refuses !== null) {
      this.#refuse(socket, this.refuses);
      return;
    }
    const encoder = createEncoder();
    writeVarUint(encoder, 0);
    readSyncMessage(decoder, encoder, this.doc, socket);
    if (kind === 'step1') socket.send(toUint8Array(encoder));
    else if (this.acknowledges) this.acknowledge();
    this.#tell();
  }

  greet(): void {
    for (const socket of this.#counts.keys())
      this.#send(socket, (encoder) => writeSync(encoder, () => writeSyncStep1(encoder, this.doc)));
  }

  /** Says that everything received so far is committed. */
  acknowledge(): void {
    for (const [socket, count] of this.#counts)
      this.#send(socket, (encoder) => {
        writeVarUint(encoder, 16);
        writeVarUint(encoder, count);
      });
  }

  #refuse(socket: WebSocket, code: string): void {
    this.#send(socket, (encoder) => {
      writeVarUint(encoder, 17);
      writeVarUint(encoder, this.#counts.get(socket) ?? 0);
      writeVarString(encoder, code);
    });
    socket.close(4422);
  }

  close(code: number, reason = ''): void {
    for (const socket of this.#counts.keys()) socket.close(code, reason);
  }

  /** Resolves when the condition holds; looked at after every message and connection. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  stop(): Promise<void> {
    for (const socket of this.#counts.keys()) socket.terminate();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #tell(): void {
    const watchers = this.#watchers;
    this.#watchers = [];
    for (const watcher of watchers) watcher();
  }

  #send(socket: WebSocket, write: (encoder: Encoder) => void): void {
    const encoder = createEncoder();
    write(encoder);
    socket.send(toUint8Array(encoder));
  }
}

function writeSync(encoder: Encoder, write: () => void): void {
  writeVarUint(encoder, 0);
  write();
}
