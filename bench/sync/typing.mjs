/**
 * Documents and typing, made before anything is measured. A document has the structure of every report: `body`, an
 * XmlFragment of paragraphs with a text each. Whoever types does so at the end of a paragraph of their own.
 */
import * as Y from 'yjs';
import { makeText } from '../content.mjs';

/** Below this server's largest update, and what a client's paste would be. */
const PARAGRAPHS_IN_UPDATE = 200;

/** Updates that make a document of about so many bytes, and its whole state. */
export function makeDocument(bytes, seed = 1) {
  const doc = new Y.Doc();
  const updates = [];
  doc.on('update', (update) => updates.push(update));
  // A word and its space are 5.4 bytes; a paragraph of 84 words costs some 40 bytes of structure.
  const paragraphs = makeText(Math.ceil(bytes / 5.6), seed).split('\n\n');
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
