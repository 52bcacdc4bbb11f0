/**
 * What looking at an update costs beside applying it, in this process: server/sync/inspect.ts on the updates of people
 * typing into a report of 60 KB, with now and then a new paragraph and a deletion, as the server does both.
 */
import { join } from 'node:path';
import { build } from 'esbuild';
import * as Y from 'yjs';
import { median } from '../../measure.mjs';
import { root } from '../../../scripts/ensure.mjs';
import { makeDocument } from '../typing.mjs';

const BYTES = 60_000;
const PEOPLE = 20;
const SENDER = { memberId: 'somebody', rights: { body: true, rationale: true, locked: false } };

export const inspectBesideApply = {
  title: 'inspect',
  only: ['ours'],
  figures: {
    inspect: { name: 'inspect, one update', unit: 'µs' },
    apply: { name: 'Y.applyUpdate, the same update', unit: 'µs' },
    share: {
      name: 'inspect as a share of applying',
      unit: '',
      goals: [{ least: 0.7, aim: 0.4 }],
    },
  },
  async measure(_server, { short }) {
    const { inspect } = await loadInspect();
    const { state } = makeDocument(BYTES);
    const updates = realisticUpdates(state, short ? 2_000 : 10_000);
    const runs = Array.from({ length: short ? 3 : 7 }, () => inspectAndApply(inspect, state, updates));
    const [inspectUs, applyUs] = ['inspect', 'apply'].map((key) => median(runs.map((each) => each[key])));
    return {
      inspect: inspectUs / updates.length,
      apply: applyUs / updates.length,
      share: median(runs.map((each) => each.inspect / each.apply)),
    };
  },
};

/** Both on every update in turn, as in the server, so that both meet the same document. Microseconds. */
function inspectAndApply(inspect, state, updates) {
  const doc = new Y.Doc();
  doc.getXmlFragment('body');
  doc.getMap('claims');
  Y.applyUpdate(doc, state);
  const ownerOf = () => SENDER.memberId;
  const total = { inspect: 0, apply: 0 };
  for (const update of updates) {
    const started = performance.now();
    const { kind } = inspect(update, doc, SENDER, ownerOf);
    const inspected = performance.now();
    Y.applyUpdate(doc, update);
    total.inspect += inspected - started;
    total.apply += performance.now() - inspected;
    if (kind !== 'allowed') throw new Error(`an honest update was ${kind}`);
  }
  return { inspect: total.inspect * 1_000, apply: total.apply * 1_000 };
}

/** People typing at once, each in a place of their own: words, now and then a new paragraph or a few letters deleted. */
function realisticUpdates(state, count) {
  const updates = [];
  const people = Array.from({ length: PEOPLE }, (_, i) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, state);
    doc.on('update', (update) => updates.push(update));
    const body = doc.getXmlFragment('body');
    return { doc, body, text: body.get(i % body.length).get(0), at: 10 };
  });
  for (let i = 0; updates.length < count; i++) {
    const person = people[i % PEOPLE];
    const turn = Math.floor(i / PEOPLE);
    if (turn % 60 === 59) beginParagraph(person);
    else if (turn % 20 === 19) person.text.delete((person.at -= 3), 3);
    else {
      person.text.insert(person.at, 'k');
      person.at += 1;
    }
  }
  return updates;
}

function beginParagraph(person) {
  const paragraph = new Y.XmlElement('paragraph');
  const text = new Y.XmlText('New');
  paragraph.insert(0, [text]);
  person.body.insert(person.body.length, [paragraph]);
  person.text = text;
  person.at = 3;
}

async function loadInspect() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'server/sync/inspect.ts')],
    alias: { '#core': join(root, 'core'), '#server': join(root, 'server'), '#db': join(root, 'db') },
    // The same copy of Yjs that makes the documents here.
    plugins: [
      {
        name: 'yjs-from-here',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^yjs$/ }, () => ({ path: import.meta.resolve('yjs'), external: true })),
      },
    ],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
