import { scanPage } from './server/import/web/page-scan.ts';
import { pageDocument, findArticle } from './server/import/web/article.ts';
import { measure } from './server/import/web/measure.ts';
import { findPlace } from './server/import/web/place.ts';
import { visibleMeta } from './server/import/web/visible-meta.ts';
import { readHtml } from './server/import/html.ts';
const furniture = '<nav><a href="/">Home</a></nav>';
const cases: Record<string, string> = {
  deep: `${furniture}${'<div class="related"><section>'.repeat(450)}${'word '.repeat(200)}`,
  deep200: `${furniture}${'<div class="related"><section>'.repeat(100)}${'word '.repeat(200)}`,
  wide: `${furniture}${`<p>${'word '.repeat(20)}</p>`.repeat(15_000)}`,
  wide3: `${furniture}${`<p>${'word '.repeat(20)}</p>`.repeat(3_000)}`,
};
for (const [n, s] of Object.entries(cases)) {
  const t: number[] = [];
  const lap = () => t.push(performance.now());
  lap();
  const scan = scanPage(s, { withNoscript: false });
  lap();
  const d = pageDocument(scan.body!);
  lap();
  measure(d.body);
  lap();
  visibleMeta(d);
  lap();
  const c = d.cloneNode(true) as any;
  lap();
  findPlace(c);
  lap();
  const a = findArticle(d, ['']);
  lap();
  readHtml(a?.html ?? s);
  lap();
  console.log(
    n,
    s.length,
    'scan dom measure visible clone place article read',
    t
      .slice(1)
      .map((x, i) => Math.round(x - t[i]!))
      .join(' '),
  );
}
