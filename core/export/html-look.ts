/**
 * The look of the HTML export: the product's tokens, its signs, and one style sheet. Everything is inside the
 * file: no font, image or script is fetched. Wide screens have short notes in the right margin beside their
 * lines (floats, so they push each other down and never the text); on narrow ones and on paper the full notes
 * after the text are what remains. Verdicts are told by sign and word, colour comes third.
 */
import type { ExportClaim } from './projection.ts';
import { isFinal } from './standing.ts';

export type Sign =
  | 'true'
  | 'mostly-true'
  | 'half'
  | 'mostly-false'
  | 'false'
  | 'other'
  | 'open'
  | 'proposed'
  | 'stale'
  | 'dismissed';

/** The sign that a claim is shown with. A verdict that is not final never gets the sign of its rating. */
export function signOf(claim: ExportClaim): Sign {
  const { verdict } = claim;
  if (claim.status === 'dismissed') return 'dismissed';
  if (verdict === null) return 'open';
  if (isFinal(verdict.standing)) return verdict.tone;
  return verdict.standing === 'stale' ? 'stale' : 'proposed';
}

/** Classes: `t-…` gives the colour, `s-…` the line. */
export function classOf(claim: ExportClaim): string {
  const sign = signOf(claim);
  const tone = sign === 'proposed' && claim.verdict !== null ? claim.verdict.tone : sign;
  return `t-${tone} s-${sign === 'open' || sign === 'stale' || sign === 'proposed' || sign === 'dismissed' ? sign : 'final'}`;
}

export function icon(sign: Sign | 'comment' | 'supports' | 'refutes' | 'context'): string {
  return `<svg class="i" aria-hidden="true"><use href="#i-${sign}"/></svg>`;
}

const ring = '<circle cx="8" cy="8" r="6.5"/>';
const shapes: Readonly<Record<string, string>> = {
  true: `${ring}<path d="m5 8.2 2.1 2.1L11 6"/>`,
  'mostly-true': `<circle cx="8" cy="8" r="6.5" stroke-dasharray="31 10"/><path d="m5 8.2 2.1 2.1L11 6"/>`,
  half: `${ring}<path d="M8 1.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" stroke="none"/>`,
  'mostly-false': `<circle cx="8" cy="8" r="6.5" stroke-dasharray="31 10"/><path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4"/>`,
  false: `${ring}<path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4"/>`,
  other: `${ring}<path d="M8 4.8v3.8m0 2.5v.1"/>`,
  open: '<rect x="2" y="2" width="12" height="12" rx="3" class="fill"/>',
  proposed: '<circle cx="8" cy="8" r="6.5" stroke-dasharray="2.2 2.2"/>',
  stale: '<path d="M13.5 8a5.5 5.5 0 1 1-1.6-3.9M13.5 1.8v3h-3"/>',
  dismissed: `${ring}<path d="M5 8h6"/>`,
  comment: '<path d="M2.5 3h11v8H7l-3 2.5V11H2.500z"/>',
  supports: `${ring}<path d="M8 5v6M5 8h6"/>`,
  refutes: `${ring}<path d="M5 8h6"/>`,
  context: `${ring}<path d="M8 7.200v3.900m0-6.200v.1"/>`,
};

/** Every sign once, for `use`. */
export const signSheet = `<svg width="0" height="0" style="position:absolute" aria-hidden="true">${Object.entries(
  shapes,
)
  .map(([name, shape]) => `<symbol id="i-${name}" viewBox="0 0 16 16">${shape}</symbol>`)
  .join('')}</svg>`;

const light = `--bg:#f6f4ef;--paper:#fffefb;--card:#fff;--line:#e6e2d8;--line-strong:#cfc9bb;--ink:#1d1c1a;--ink-2:#57534a;--ink-3:#6b665a;--focus:#1f5fbf;--marker:#ffd84d;--marker-soft:#ffefb0;--v-true:#1a5fb4;--v-mostly-true:#3f76b4;--v-half:#806416;--v-mostly-false:#a85614;--v-false:#b3361b;--v-other:#6d4fa3`;
const dark = `--bg:#121210;--paper:#1d1c1a;--card:#191816;--line:#33312c;--line-strong:#4a473f;--ink:#efece4;--ink-2:#bdb8ab;--ink-3:#a09a88;--focus:#7db1ff;--marker:#b48a00;--marker-soft:#4a3c0c;--v-true:#6ea8ee;--v-mostly-true:#8fbbe8;--v-half:#d3b04e;--v-mostly-false:#eb9a55;--v-false:#f07f63;--v-other:#b79be6`;

export const styleSheet = `
:root{color-scheme:light dark;${light};--text:"Source Serif 4 Variable","Source Serif 4",Charter,"Iowan Old Style",Georgia,"Noto Serif","Liberation Serif",serif;--ui:"Inter Variable",Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif}
@media screen and (prefers-color-scheme:dark){:root{${dark}}}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:400 1.125rem/1.62 var(--text);-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;overflow-wrap:break-word}
a{color:inherit;text-decoration-color:var(--line-strong);text-underline-offset:.18em}
a:hover{text-decoration-color:currentColor}
a:focus-visible,.table:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:3px}
.page{max-width:42rem;margin:0 auto;padding:3.5rem 1.25rem 4rem}
.ui,.meta,.bar,.legend,.side,.note,footer,.kicker,.group{font-family:var(--ui);font-size:.875rem;line-height:1.5}
.kicker{color:var(--ink-2);margin:0 0 .75rem}
h1,h2,h3,h4,h5,h6{line-height:1.25;text-wrap:balance;break-after:avoid}
h1{font-size:2.25rem;line-height:1.15;letter-spacing:-.012em;margin:0 0 1rem;font-weight:650}
.text h2{font-size:1.4rem}.text h3{font-size:1.2rem}.text h4,.text h5,.text h6{font-size:1.05rem}
.text h2,.text h3,.text h4,.text h5,.text h6{margin:2.2rem 0 .6rem;font-weight:650}
p,ul,ol,blockquote,pre{margin:0 0 1rem}
ul,ol{padding-inline-start:1.5rem}li>p{margin-bottom:.35rem}
.text blockquote{border-inline-start:3px solid var(--line-strong);padding-inline-start:1.1rem;margin-inline:0;color:var(--ink-2)}
pre{font:.85rem/1.55 ui-monospace,"Cascadia Mono",Menlo,"DejaVu Sans Mono",monospace;white-space:pre-wrap;background:var(--bg);border:1px solid var(--line);border-radius:6px;padding:.9rem 1rem}
code{font-size:.86em;font-family:ui-monospace,"Cascadia Mono",Menlo,"DejaVu Sans Mono",monospace}pre code{font-size:inherit}
figure{margin:1.6rem 0}figure img{display:block;max-width:100%;height:auto;background:#fff;border-radius:4px;box-shadow:0 0 0 1px var(--line)}
figcaption{font:.8125rem/1.5 var(--ui);color:var(--ink-2);margin-top:.5rem;white-space:pre-line}
.lost{margin:0 0 1rem;font:italic .94em/1.5 var(--text);color:var(--ink-2)}
hr{border:0;border-top:1px solid var(--line-strong);margin:2.2rem auto;width:6rem}
.table{overflow-x:auto;margin:0 0 1.2rem}
table{border-collapse:collapse;font-size:.94em;line-height:1.45;min-width:50%}
td,th{border-bottom:1px solid var(--line);padding:.45rem 1rem .45rem 0;text-align:start;vertical-align:top}
th{border-bottom-color:var(--line-strong);font-weight:600}td>p,th>p{margin:0}
.bar{display:flex;gap:3px;height:8px;margin:1.5rem 0 .7rem;padding:0;list-style:none}
.bar span{border-radius:4px;background:var(--c);min-width:6px}
.legend{display:flex;flex-wrap:wrap;gap:.35rem 1.25rem;margin:0;padding:0;list-style:none;color:var(--ink-2)}
.legend li{display:inline-flex;align-items:center;gap:.4rem}.legend .i{color:var(--c)}.legend b{color:var(--ink);font-variant-numeric:tabular-nums}
.summary{border-block:1px solid var(--line);padding:1rem 0 1.1rem;margin:0 0 2.5rem}
.summary .total{font:600 .95rem/1.4 var(--ui);margin:0}.summary .bar{margin:.6rem 0 .7rem}
.i{width:1em;height:1em;flex:none;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round;vertical-align:-.13em}
.i .fill,#i-open .fill{fill:var(--marker);stroke:none}
.t-true{--c:var(--v-true)}.t-mostly-true{--c:var(--v-mostly-true)}.t-half{--c:var(--v-half)}.t-mostly-false{--c:var(--v-mostly-false)}.t-false{--c:var(--v-false)}.t-other{--c:var(--v-other)}.t-open{--c:var(--marker)}.t-proposed,.t-dismissed{--c:var(--ink-3)}.t-stale{--c:var(--ink-2)}
.bar .t-proposed{background:var(--line-strong)}.bar .t-dismissed{background:var(--line)}.legend .t-dismissed,.legend .t-proposed{--c:var(--ink-3)}
mark{background:none;color:inherit}
mark,.m{text-decoration:underline 2px var(--c);text-underline-offset:.22em;text-decoration-skip-ink:none}
.l1{text-underline-offset:.4em}.l2{text-underline-offset:.58em}.l3{text-underline-offset:.76em}
mark.s-open,.m.s-open{background:var(--marker-soft);text-decoration-style:dotted;text-decoration-color:var(--v-half)}
mark.s-proposed,.m.s-proposed{text-decoration-style:dotted}mark.s-stale,.m.s-stale{text-decoration-style:wavy;text-decoration-thickness:1.5px}
mark.s-dismissed,.m.s-dismissed{text-decoration-thickness:1px}
mark a.to{text-decoration:underline transparent}mark a.to:hover{text-decoration-color:transparent;background:color-mix(in srgb,var(--c) 14%,transparent)}
.text:has(mark) p,.text:has(mark) li{line-height:1.72}
.ref{font:600 .66em/1 var(--ui);color:var(--c);white-space:nowrap;vertical-align:super;margin-inline-start:.1em}
.ref.t-open,.ref.t-dismissed{color:var(--ink-2)}
.ref a{text-decoration:none;padding:.25em .15em}.ref .i{width:1.05em;height:1.05em;margin-inline-end:.1em}
mark:target,mark:has(.at:target),mark:has(+ .ref:target){background:var(--marker-soft)}
.chip{color:var(--c);font-weight:600}.chip .i{margin-inline-end:.35rem}
.chip.t-open,.chip.t-dismissed{color:var(--ink-2)}
.chip.s-stale .rating{text-decoration:line-through}
.side{display:none}
.notes>h2,.group{font:650 1.25rem/1.3 var(--text);margin:3rem 0 .4rem}
.after{border-top:2px solid var(--ink);margin-top:3.5rem}
.note{border-bottom:1px solid var(--line);padding:1.3rem 0 1.4rem;scroll-margin-top:1rem}
.note:target{background:var(--marker-soft);box-shadow:0 0 0 .8rem var(--marker-soft)}
.note h3{display:flex;flex-wrap:wrap;align-items:baseline;gap:.3rem .7rem;font:inherit;margin:0 0 .5rem}
.note h3 .n{color:var(--ink-3);font-variant-numeric:tabular-nums;font-weight:600;min-width:1.2em}
.note h4{font:600 .8125rem/1.4 var(--ui);color:var(--ink-2);margin:.95rem 0 .3rem}
.note .quote{font:1.05rem/1.5 var(--text);margin:0 0 .5rem}
.note p{margin:0 0 .4rem}.note ul{list-style:none;padding:0;margin:0}.note .rich ul,.note .rich ol{list-style:revert;padding-inline-start:1.3rem}
.note .lead{font-size:.95rem}.note .by,.note .facts{color:var(--ink-2)}
.note .facts{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;margin:0 0 .5rem}.facts dt{display:inline;color:var(--ink-3)}.facts dt::after{content:" "}.facts dd{display:inline;margin:0}
.warn{border-inline-start:3px solid var(--v-mostly-false);padding-inline-start:.7rem}
del{color:var(--v-false)}ins{color:var(--v-true);text-decoration:none;font-weight:600}
.evidence li,.thread li{margin:0 0 .5rem}.evidence li{display:grid;grid-template-columns:1.1em 1fr;gap:.5rem}.evidence .i{margin-top:.22em;color:var(--ink-2)}
.evidence q,.evidence .about{display:block;color:var(--ink-2)}.stance{color:var(--ink-2)}
.thread .who{font-weight:600}.thread .when,.when{color:var(--ink-3)}.thread p{margin:0;white-space:pre-line}
.thread ul{border-inline-start:2px solid var(--line);padding-inline-start:.9rem;margin:.4rem 0 0}
.back{margin-inline-start:auto;color:var(--ink-2)}
footer{color:var(--ink-3);margin-top:3rem;overflow-wrap:anywhere}
@media screen and (min-width:68rem){
.page{max-width:66rem;padding-inline:2.5rem}
.head,.text,.notes,footer{width:40rem}
.text{position:relative}.text::after{content:"";display:block;clear:both}
.side{display:block;float:right;clear:right;width:18rem;margin:.15rem -21rem .9rem 0;padding-inline-start:1rem;border-inline-start:1px solid var(--line)}
.side ul{list-style:none;margin:0;padding:0}.side li{margin:0 0 .8rem}.side li:last-child{margin:0}
.side a{display:block;text-decoration:none}.side .n{color:var(--ink-3);font-variant-numeric:tabular-nums;font-weight:600;margin-inline-end:.4em}.side .quote{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;font-family:var(--text);font-size:.95rem;line-height:1.4}
.side .what{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:4;overflow:hidden;color:var(--ink-2)}
.side a:hover .quote{text-decoration:underline;text-decoration-color:var(--line-strong)}
}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{
@page{margin:20mm 18mm 22mm}
html{font-size:10.5pt;background:none}.page{max-width:none;padding:0}
figure{break-inside:avoid}figure img{max-height:20cm;object-fit:contain;object-position:left}
.note{break-inside:avoid-page}.note,.summary,tr{break-inside:avoid}.after{break-before:page;border:0;margin:0}
.back{display:none}.evidence a::after{content:" <" attr(href) ">";color:var(--ink-2);overflow-wrap:anywhere}
mark,.bar span{-webkit-print-color-adjust:exact;print-color-adjust:exact}
a{text-decoration:none}.table{overflow:visible}
}
`.trim();
