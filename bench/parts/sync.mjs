/**
 * From the key to another person's document: two y-websocket clients on real sockets, the commit included, since
 * nobody sees what is not stored. Beside it, in the same run, a bare relay with the same bytes, and how long this disk takes for
 * one fsync, which every durable commit has to wait for.
 */
import { spawn } from 'node:child_process';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { makeReport } from '../content.mjs';
import { openDocument } from '../live.mjs';
import { latency } from '../measure.mjs';
import { ask, startServer } from '../server.mjs';

const KEYSTROKES = 200;
const WARM_UP = 20;
/** Twelve keys a second: somebody who types fast. */
const BETWEEN_KEYS = 80;
const GOAL = 50;

const SIZES = [
  { name: 'keystroke seen, 300 words, 10 claims', words: 300, claims: 10, goal: GOAL },
  { name: 'keystroke seen, 10,000 words, 300 claims', words: 10_000, claims: 300, goal: GOAL },
];

export async function run() {
  const floor = await timesThroughRelay();
  const sync = diskTimes();
  const figures = [...latency('bare relay', floor), ...latency('one fsync of this disk', sync)];
  for (const size of SIZES) {
    const server = await startServer();
    try {
      figures.push(
        ...latency(size.name, await keystrokes(server, size), {
          goal: size.goal,
          floor,
          note: 'commit included',
        }),
      );
    } finally {
      await server.stop();
    }
  }
  return figures;
}

async function keystrokes(server, size) {
  const { id } = await makeReport(server, size);
  await ask(server, 'PATCH', `/reports/${id}`, { locked: false });
  const [writer, reader] = await Promise.all([openDocument(server, id), openDocument(server, id)]);
  const paragraph = writer.doc.getXmlFragment('body').get(0);
  const text = paragraph.get(0);
  const times = [];
  for (let key = 0; key < WARM_UP + KEYSTROKES; key++) {
    const seen = nextUpdate(reader.doc);
    const started = performance.now();
    text.insert(text.length, 'k');
    await seen;
    if (key >= WARM_UP) times.push(performance.now() - started);
    await delay(BETWEEN_KEYS);
  }
  writer.close();
  reader.close();
  return times;
}

function nextUpdate(doc) {
  return new Promise((resolve) => doc.once('update', resolve));
}

async function timesThroughRelay() {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../relay.mjs', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [port] = await once(child.stdout, 'data');
    const open = async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${Number(port)}`);
      await once(socket, 'open');
      return socket;
    };
    const [writer, reader] = await Promise.all([open(), open()]);
    const doc = new Y.Doc();
    doc.on('update', (update) => writer.send(update));
    const text = doc.getText('text');
    const times = [];
    for (let key = 0; key < WARM_UP + KEYSTROKES; key++) {
      const seen = once(reader, 'message');
      const started = performance.now();
      text.insert(text.length, 'k');
      await seen;
      if (key >= WARM_UP) times.push(performance.now() - started);
    }
    writer.terminate();
    reader.terminate();
    return times;
  } finally {
    child.kill();
  }
}

function diskTimes() {
  const folder = mkdtempSync(join(tmpdir(), 'proofdesk-bench-'));
  const file = openSync(join(folder, 'log'), 'a');
  const times = Array.from({ length: 200 }, () => {
    const started = performance.now();
    writeSync(file, Buffer.alloc(8192));
    fsyncSync(file);
    return performance.now() - started;
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return times;
}
