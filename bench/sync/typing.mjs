/**
 * Documents and typing, made before anything is measured. A document has the structure of every report: `body`, an
 * XmlFragment of paragraphs with a text each. Whoever types does so at the end of a paragraph of their own.
 */
import * as Y from 'yjs';
import { makeText } from '../content.mjs';

/** Below this server's largest update, and what a client's paste would be. */
const PARAGRAPHS_IN_UPDATE = 200;
const BYTES_A_WORD = 6.35;

/** Updates that make a document of about so many bytes, and its whole state. */
export function makeDocument(bytes, seed = 1) {
  const doc = new Y.Doc();
  const updates = [];
  doc.on('update', (update) => updates.push(update));
  // A word and its space take this many bytes, with the structure's share of a paragraph of 84 words.
  const paragraphs = makeText(Math.ceil(bytes / BYTES_A_WORD), seed).split('\n\n');
  for (let first = 0; first < paragraphs.length; first += PARAGRAPHS_IN_UPDATE) {
    doc.transact(() => {
      const body = doc.getXmlFragment('body');
      body.insert(body.length, paragraphs.slice(first, first + PARAGRAPHS_IN_UPDATE).map(paragraphOf));
    });
  }
  return { updates, state: Y.encodeStateAsUpdate(doc), paragraphs: paragraphs.length };
}

/** A document with short paragraphs, one for each of so many people to type in. */
export function makePages(people) {
  const doc = new Y.Doc();
  doc.getXmlFragment('body').push(Array.from({ length: people }, (_, i) => paragraphOf(`Page ${i}. `)));
  const state = Y.encodeStateAsUpdate(doc);
  return { updates: [state], state, paragraphs: people };
}

function paragraphOf(words) {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(words)]);
  return paragraph;
}

/** One update for each text, typed one after the other at the end of a paragraph, under a client id of its own. */
export function type({ state, paragraphs }, page, texts) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const updates = [];
  doc.on('update', (update) => updates.push(update));
  const text = doc
    .getXmlFragment('body')
    .get(page % paragraphs)
    .get(0);
  let end = text.length;
  for (const words of texts) {
    text.insert(end, words);
    end += words.length;
  }
  doc.destroy();
  return updates;
}

/** One update with letters typed on every page in many places (each at the page's beginning, so none merge), and `last`. */
export function typedOffline({ state, paragraphs }, placesOnPage, letters, last) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const before = Y.encodeStateVector(doc);
  const body = doc.getXmlFragment('body');
  doc.transact(() => {
    for (let place = 0; place < placesOnPage; place++)
      for (let page = 0; page < paragraphs; page++) body.get(page).get(0).insert(0, 'k'.repeat(letters));
    body.get(0).get(0).insert(0, last);
  });
  return Y.encodeStateAsUpdate(doc, before);
}
