/** Words of many scripts with claims on them: whole sentences, single words, parts of words, and mixed lines. */
import { buildProjection, type ExportProjection } from '#core/export/projection.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { flattenNode } from '#core/text/flatten-node.ts';
import { claim, input } from '#tests/core/export/rich-report.ts';

export interface ScriptCase {
  readonly name: string;
  readonly text: string;
  /** Each is in the text once. */
  readonly claims: readonly string[];
}

export const scriptCases: readonly ScriptCase[] = [
  {
    name: 'Latin',
    text: 'The office of the chief official found it difficult to fly: “efficient” flights, naïve café talk, Dvořák and Łódź, a ﬁrst draft, T. V. and AVAST; prices rose by 4½ % – or 3–4 € – in 2024.',
    claims: ['office of the chief', 'difficult to fly', 'Dvořák and Łódź', 'ﬁrst draft', '4½ % – or 3–4 €'],
  },
  {
    name: 'ligature cut',
    text: 'It is a difficult affliction, they affirmed.',
    claims: ['icult', 'aff', 'irmed'],
  },
  {
    name: 'Vietnamese',
    text: 'Thủ tướng nói rằng cuộc điện đàm kéo dài bảy mươi lăm phút.',
    claims: ['cuộc điện đàm kéo dài'],
  },
  {
    name: 'marks',
    text: 'Decomposed: cafe\u0301 nai\u0308ve x\u0302 and Z\u0351a\u0323lgo\u0335 letters stay.',
    claims: ['cafe\u0301 nai\u0308ve', 'letters stay'],
  },
  {
    name: 'Cyrillic',
    text: 'Постоянный представитель заявил, что соглашение готово на 90 процентов; Україна й Ґданськ теж.',
    claims: ['соглашение готово на 90 процентов', 'Україна й Ґданськ'],
  },
  {
    name: 'Greek',
    text: 'Η κλήση διήρκεσε εβδομήντα πέντε λεπτά· τὸν δ᾽ ἀπαμειβόμενος προσέφη ᾄδει.',
    claims: ['διήρκεσε εβδομήντα πέντε λεπτά', 'ἀπαμειβόμενος προσέφη'],
  },
  {
    name: 'Arabic',
    text: 'وقال المتحدث إن المكالمة استمرت 75 دقيقة (وكانت مُثمِرة)، لا سلام إلا بالاتفاق الكامل بين الطرفين الأول والثاني.',
    claims: ['المكالمة استمرت 75 دقيقة', 'مُثمِرة', 'لا سلام إلا بالاتفاق', 'طرفين'],
  },
  {
    name: 'Persian',
    text: 'سخنگو گفت کتاب‌ها را می‌خواهیم و ۷۵ دقیقه گفت‌وگو کردیم.',
    claims: ['کتاب‌ها را می‌خواهیم', '۷۵ دقیقه'],
  },
  {
    name: 'Hebrew',
    text: 'הדובר מסר כי השיחה נמשכה 75 דקות (שעה ורבע). בְּרֵאשִׁית בָּרָא אֱלֹהִים, “בערך” 90%.',
    claims: ['השיחה נמשכה 75 דקות', 'שעה ורבע', 'בְּרֵאשִׁית בָּרָא', '90%'],
  },
  {
    name: 'both directions',
    text: 'The minister said “المكالمة استمرت 75 دقيقة” and then שלום עולם before he left at 10:30.',
    claims: ['said “المكالمة استمرت', '75 دقيقة', 'then שלום', 'left at 10:30'],
  },
  {
    name: 'Latin in Arabic',
    text: 'نشرت وكالة Reuters تقريرا عن شركة Apple Inc. في عام 2024 بعنوان The Deal.',
    claims: ['وكالة Reuters تقريرا', 'Apple Inc.', 'عام 2024'],
  },
  {
    name: 'Chinese',
    text: '发言人表示，双方同意再次通话。“经济增长超过预期”，官员周三证实了这一消息；龘靐齉爩等罕见字也在。',
    claims: ['双方同意再次通话', '经济增长超过预期', '龘靐齉爩'],
  },
  {
    name: 'Japanese',
    text: '大統領は電話で会談したと発表した。「会議は来週開かれる」とカタカナのニュースは伝えた（75分間）。',
    claims: ['電話で会談した', '「会議は来週開かれる」', 'カタカナのニュース', '75分間'],
  },
  {
    name: 'Korean',
    text: '대통령은 전화로 75분 동안 회담했다고 발표했다. 회의는 다음 주에 열린다.',
    claims: ['전화로 75분 동안 회담했다', '다음 주에'],
  },
  {
    name: 'Devanagari',
    text: 'प्रवक्ता ने कहा कि बातचीत अंतिम चरण में है और समझौता ९० प्रतिशत तैयार है।',
    claims: ['बातचीत अंतिम चरण', '९० प्रतिशत तैयार'],
  },
  {
    name: 'Thai',
    text: 'โฆษกกล่าวว่าการสนทนาใช้เวลาเจ็ดสิบห้านาทีและเป็นไปด้วยดี',
    claims: ['การสนทนา', 'เจ็ดสิบห้านาที'],
  },
  {
    name: 'signs',
    text: 'Rates → 3 ≤ x ≠ 7, √2 ≈ 1.41, ∑ of all; ✓ done ★★★ ⚠ and 👍🏽 👩‍👩‍👧 🇫🇷 emoji 🙂.',
    claims: ['3 ≤ x ≠ 7', '★★★ ⚠', 'emoji 🙂'],
  },
];

/** Every case three times: as a paragraph, in a cell of a table, and in a list. */
export function scriptsProjection(cases: readonly ScriptCase[] = scriptCases): ExportProjection {
  const paragraph = (text: string): DocNode => ({ type: 'paragraph', content: [{ type: 'text', text }] });
  const content = cases.flatMap(({ name, text }): DocNode[] => [
    { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: name }] },
    paragraph(text),
    {
      type: 'table',
      content: [
        {
          type: 'table_row',
          content: [name, text].map((words) => ({
            type: 'table_cell',
            attrs: { colspan: 1, rowspan: 1, colwidth: null },
            content: [paragraph(words)],
          })),
        },
      ],
    },
    { type: 'bullet_list', content: [{ type: 'list_item', content: [paragraph(text)] }] },
  ]);
  const doc: DocNode = { type: 'doc', content };
  const { text } = flattenNode(doc);
  let number = 50_000;
  const claims = cases.flatMap((each) => {
    let from = text.indexOf(`${each.name}\n${each.text}`);
    return [0, 1, 2].flatMap(() => {
      const start = text.indexOf(each.text, from);
      from = start + each.text.length;
      return each.claims.map((words) => {
        const at = start + each.text.indexOf(words);
        number += 1;
        return claim(number, words, {
          anchor: { start: at, end: at + words.length, exact: words, state: 'anchored', confidence: 1 },
        });
      });
    });
  });
  return buildProjection({ ...input, doc, claims, threads: [], rationales: new Map(), verdicts: [] });
}
