/** A client that speaks the wire by hand, as docs/PROTOCOL.md has it, so that it can also say what no client says. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { until, type Node } from './sync-world.ts';

export type Received =
  | { kind: 'step1'; stateVector: Uint8Array }
  | { kind: 'step2'; update: Uint8Array }
  | { kind: 'update'; update: Uint8Array }
  | { kind: 'awareness'; states: Map<number, Record<string, unknown> | null> }
  | { kind: 'ack'; count: number }
  | { kind: 'refused'; index: number; code: string };

export class RawClient {
  readonly doc: Y.Doc;
  readonly received: Received[] = [];
  readonly socket: WebSocket;
  /** How many messages it sent that are acknowledged. */
  sent = 0;
  closed: { code: number; reason: string } | null = null;
  /** The status of an upgrade that was answered by HTTP. */
  status: number | null = null;

  constructor(
    node: Pick<Node, 'url'>,
    readonly name: string,
    reportId: string,
    options: { query?: string; headers?: Record<string, string>; doc?: Y.Doc } = {},
  ) {
    this.doc = options.doc ?? new Y.Doc();
    const { query = '?ack=1', headers = {} } = options;
    this.socket = new WebSocket(`${node.url}/${reportId}${query}`, {
      headers: { ...(name === 'nobody' ? {} : { authorization: `Bearer ${name}` }), ...headers },
    });
    this.socket.on('message', (data: Buffer) => this.#take(readMessage(data)));
    this.socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
    this.socket.on('unexpected-response', (_request, response) => {
      this.status = response.statusCode ?? null;
    });
    this.socket.on('error', () => undefined);
  }

  #take(message: Received | null): void {
    if (message === null) return;
    if (message.kind === 'step2' || message.kind === 'update') this.#apply(message.update);
    this.received.push(message);
  }

  /** Yjs tidies away marks that others' changes made idle; as every client does, it says so. */
  #apply(update: Uint8Array): void {
    const say = (tidied: Uint8Array, origin: unknown): void => {
      if (origin !== 'server' && this.isOpen) this.sendUpdate(tidied);
    };
    this.doc.on('update', say);
    Y.applyUpdate(this.doc, update, 'server');
    this.doc.off('update', say);
  }

  async open(): Promise<this> {
    await until(() => this.socket.readyState !== WebSocket.CONNECTING, 'the socket is open');
    return this;
  }

  /** Open, and with the server's document. */
  async synced(): Promise<this> {
    await this.open();
    this.askForState();
    await until(() => this.last('step2') !== undefined || this.closed !== null, 'the document is here');
    if (this.closed !== null) throw new Error(`closed with ${this.closed.code}`);
    return this;
  }

  last<K extends Received['kind']>(kind: K): Extract<Received, { kind: K }> | undefined {
    return this.received.findLast(
      (message): message is Extract<Received, { kind: K }> => message.kind === kind,
    );
  }

  get acknowledged(): number {
    return this.last('ack')?.count ?? 0;
  }

  get isOpen(): boolean {
    return this.closed === null;
  }

  askForState(stateVector = Y.encodeStateVector(this.doc)): void {
    this.sendSync(0, stateVector);
  }

  sendUpdate(update: Uint8Array): void {
    this.sendSync(2, update);
  }

  sendSync(step: number, bytes: Uint8Array): void {
    if (step > 0) this.sent += 1;
    this.sendFrame(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, 0);
        encoding.writeVarUint(encoder, step);
        encoding.writeVarUint8Array(encoder, bytes);
      }),
    );
  }

  sendAwareness(clientId: number, clock: number, state: unknown): void {
    this.sendFrame(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, 1);
        encoding.writeVarUint8Array(
          encoder,
          encoding.encode((inner) => {
            encoding.writeVarUint(inner, 1);
            encoding.writeVarUint(inner, clientId);
            encoding.writeVarUint(inner, clock);
            encoding.writeVarString(inner, JSON.stringify(state));
          }),
        );
      }),
    );
  }

  sendFrame(bytes: Uint8Array): void {
    this.socket.send(bytes);
  }

  /** Changes its own document and sends the change. Returns what was sent. */
  edit(change: (doc: Y.Doc) => void): Uint8Array {
    const update = changeOf(this.doc, change);
    this.sendUpdate(update);
    return update;
  }

  /** The state that the server last told of a client id. */
  stateOf(clientId: number): Record<string, unknown> | null | undefined {
    for (const message of this.received.toReversed()) {
      if (message.kind === 'awareness' && message.states.has(clientId)) return message.states.get(clientId);
    }
    return undefined;
  }

  async refusedWith(): Promise<{ code: number; reason: string }> {
    await until(() => this.closed !== null, 'the socket is closed');
    return this.closed ?? { code: 0, reason: '' };
  }

  close(): void {
    this.socket.terminate();
  }
}

/** What a change of a document sends. */
export function changeOf(doc: Y.Doc, change: (doc: Y.Doc) => void): Uint8Array {
  const before = Y.encodeStateVector(doc);
  const updates: Uint8Array[] = [];
  const listen = (update: Uint8Array): void => void updates.push(update);
  doc.on('update', listen);
  doc.transact(() => change(doc));
  doc.off('update', listen);
  return updates.length > 0 ? Y.mergeUpdates(updates) : Y.encodeStateAsUpdate(doc, before);
}

function readMessage(data: Uint8Array): Received | null {
  const decoder = decoding.createDecoder(data);
  switch (decoding.readVarUint(decoder)) {
    case 0: {
      const step = decoding.readVarUint(decoder);
      const bytes = decoding.readVarUint8Array(decoder).slice();
      if (step === 0) return { kind: 'step1', stateVector: bytes };
      return { kind: step === 1 ? 'step2' : 'update', update: bytes };
    }
    case 1: {
      const inner = decoding.createDecoder(decoding.readVarUint8Array(decoder));
      const states = new Map<number, Record<string, unknown> | null>();
      for (let left = decoding.readVarUint(inner); left > 0; left--) {
        const clientId = decoding.readVarUint(inner);
        decoding.readVarUint(inner);
        states.set(clientId, JSON.parse(decoding.readVarString(inner)));
      }
      return { kind: 'awareness', states };
    }
    case 16:
      return { kind: 'ack', count: decoding.readVarUint(decoder) };
    case 17:
      return { kind: 'refused', index: decoding.readVarUint(decoder), code: decoding.readVarString(decoder) };
    default:
      return null;
  }
}
