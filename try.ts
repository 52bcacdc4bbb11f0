import { readdirSync, readFileSync } from 'node:fs';
import { readBytes } from './tests/server/import/read.ts';
const dir = process.argv[2] ?? 'tests/fixtures/pages';
for (const f of readdirSync(dir)) {
  if (!/html$|mht/.test(f)) continue;
  if (process.argv[3] && !f.includes(process.argv[3])) continue;
  const t = performance.now();
  const r = await readBytes(readFileSync(`${dir}/${f}`), { name: f });
  console.log('=====', f, Math.round(performance.now() - t), 'ms');
  console.log('TITLE', r.title);
  console.log(JSON.stringify(r.meta));
  console.log(r.text);
  console.log(r.unreadable, r.images.length);
}
