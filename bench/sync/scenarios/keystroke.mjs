/** From the key to another person's document: two unchanged y-websocket clients, the commit included. */
import { setTimeout as delay } from 'node:timers/promises';
import { makeReport } from '../../content.mjs';
import { openDocument } from '../../live.mjs';
import { percentile } from '../../measure.mjs';
import { ask } from '../../server.mjs';

const WARM_UP = 20;
/** Twelve keys a second: somebody who types fast. */
const BETWEEN_KEYS = 80;

export const keystroke = (words, claims, only = ['ours', 'oursOnPostgres']) => ({
  title: `keystroke, ${words} words`,
  only,
  figures: {
    p50: { name: `keystroke seen, ${words} words, ${claims} claims, p50`, unit: 'ms' },
    p95: {
      name: `keystroke seen, ${words} words, ${claims} claims, p95`,
      unit: 'ms',
      goals: [{ least: 50, aim: 50 }],
    },
  },
  async measure(server, { short }) {
    const keys = short ? 30 : 60;
    const { id } = await makeReport(server.web(), { words, claims: short ? 10 : claims });
    await ask(server.web(), 'PATCH', `/reports/${id}`, { locked: false });
    const [writer, reader] = await Promise.all([
      openDocument(server.web(), id),
      openDocument(server.web(), id),
    ]);
    const text = writer.doc.getXmlFragment('body').get(0).get(0);
    const times = [];
    for (let key = 0; key < WARM_UP + keys; key++) {
      const seen = new Promise((resolve) => reader.doc.once('update', resolve));
      const started = performance.now();
      text.insert(text.length, 'k');
      await seen;
      if (key >= WARM_UP) times.push(performance.now() - started);
      await delay(BETWEEN_KEYS);
    }
    writer.close();
    reader.close();
    return { p50: percentile(times, 50), p95: percentile(times, 95) };
  },
});
