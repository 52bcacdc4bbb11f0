/**
 * A large report with words that repeat as those of a language do: about 60 pages of text, with claims, evidence and
 * comments. The same numbers give the same report.
 */
import { buildProjection, type ExportProjection } from '#core/export/projection.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { flattenNode } from '#core/text/flatten-node.ts';
import { claim, comment, evidence, id, input, thread, verdict } from '#tests/core/export/rich-report.ts';

const latin =
  'the of and a to in is was that for on are with as by from at which were this be have or had not but what all were when we there can an your said each how their will other about out many then them these so some her would make like him into time has look two more write go see number no way could people my than first water been call who its now find long down day did get come made may part office official efficient affair figures minister president spokesman negotiation ceasefire framework government statement according morning emergency service reported conversation telephone counterpart previously'.split(
    ' ',
  );
const others = [
  'представитель заявил что соглашение готово на девяносто процентов после переговоров в столице'.split(' '),
  'وقال المتحدث إن المكالمة استمرت خمسا وسبعين دقيقة وكانت مثمرة بين الطرفين'.split(' '),
  'הדובר מסר כי השיחה נמשכה שעה ורבע והייתה מועילה לשני הצדדים בירושלים'.split(' '),
  ['发言人表示双方同意再次通话', '会议将于下周举行', '经济增长超过预期', '官员周三证实了这一消息'],
  ['大統領は電話で会談した', '会議は来週開かれる', '政府は発表した', '経済は成長している'],
  '대통령은 전화로 회담했다 회의는 다음 주에 열린다 정부는 발표했다'.split(' '),
];
const ratings = ['true', 'mostly_true', 'half_true', 'false', 'misleading', 'unproven'];

function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

export interface Size {
  readonly words: number;
  readonly claims: number;
  readonly comments: number;
  readonly isMixed: boolean;
}

export function largeProjection({ words, claims, comments, isMixed }: Size): ExportProjection {
  const next = numbersFrom(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const sentence = (length: number, from: readonly string[]): string => {
    const said = Array.from({ length }, () => pick(from)).join(' ');
    return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
  };
  const content: DocNode[] = [];
  let left = words;
  for (let i = 0; left > 0; i++) {
    if (i % 12 === 0)
      content.push({
        type: 'heading',
        attrs: { level: 2 },
        content: [{ type: 'text', text: sentence(5, latin) }],
      });
    const from = isMixed && i % 3 === 2 ? others[Math.floor(i / 3) % others.length]! : latin;
    const text = Array.from({ length: 5 }, () => sentence(14, from)).join(' ');
    content.push({ type: 'paragraph', content: [{ type: 'text', text }] });
    left -= 70;
  }
  const doc: DocNode = { type: 'doc', content };
  const { text } = flattenNode(doc);
  const perClaim = comments / claims;
  const made = Array.from({ length: claims }, (_, i) => {
    const start = Math.floor((i * (text.length - 90)) / claims);
    const from = text.indexOf(' ', start) + 1;
    const end = from + 20 + Math.floor(next() * 50);
    const exact = text.slice(from, end);
    const number = 10_000 + i;
    return claim(number, exact, {
      anchor: { start: from, end, exact, state: 'anchored', confidence: 1 },
      status: 'decided',
      claimant: pick(latin),
      verdict: verdict(number, ratings[i % ratings.length]!, {
        claimId: id(number),
        words: exact,
        summary: sentence(12, latin),
      }),
      evidence: [
        evidence(20_000 + i, number, {
          title: sentence(5, latin),
          url: `https://example.org/${i}`,
          publisher: pick(latin),
          quote: sentence(12, latin),
        }),
      ],
    });
  });
  const threads = made.map((each, i) =>
    thread(
      30_000 + i,
      Array.from({ length: perClaim }, (_, at) =>
        comment(
          100_000 + i * 10 + at,
          sentence(14, latin),
          at === 0 ? {} : { parentId: id(100_000 + i * 10) },
        ),
      ),
      { claimId: each.id },
    ),
  );
  return buildProjection({ ...input, doc, claims: made, threads, rationales: new Map(), verdicts: [] });
}
