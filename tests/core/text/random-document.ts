/** Random report documents for property tests: every node and mark of the schema, from fast-check. */
import fc from 'fast-check';
import { reportSchema } from '#core/text/schema.ts';

interface JsonNode {
  type: string;
  attrs?: Record<string, unknown>;
  content?: JsonNode[];
  text?: string;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
}

const words = fc.constantFrom(
  'a',
  'the rate',
  ' rose to ',
  '7.2 %',
  'é',
  '😀',
  '“so”',
  ' – ',
  'Ω',
  'b\u0301',
);
const mark = fc.constantFrom<{ type: string; attrs?: Record<string, unknown> }[]>(
  [],
  [],
  [{ type: 'strong' }],
  [{ type: 'em' }, { type: 'strike' }],
  [{ type: 'link', attrs: { href: 'https://example.org/', title: null } }],
);
const text: fc.Arbitrary<JsonNode> = fc
  .record({ value: words, marks: mark })
  .map(({ value, marks }) => ({ type: 'text', text: value, marks }));
const inline = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: text },
    { weight: 1, arbitrary: fc.constant<JsonNode>({ type: 'hard_break' }) },
  ),
  { maxLength: 5 },
);

const textblock: fc.Arbitrary<JsonNode> = fc.oneof(
  inline.map((content) => ({ type: 'paragraph', content })),
  fc
    .record({ content: inline, level: fc.integer({ min: 1, max: 6 }) })
    .map(({ content, level }) => ({ type: 'heading', attrs: { level }, content })),
  fc.array(words, { maxLength: 3 }).map((parts) => ({
    type: 'code_block',
    content: parts.length === 0 ? [] : [{ type: 'text', text: parts.join('\n') }],
  })),
);

/** With and without a name for the image, with and without its size. */
const figure: fc.Arbitrary<JsonNode> = fc
  .record({
    image: fc.constantFrom('a'.repeat(64), '0123456789abcdef'.repeat(4)),
    alt: fc.constantFrom('', 'A map', 'javascript:alert("1") <b>&', 'خريطة'),
    size: fc.constantFrom([null, null], [320, 180], [20_000, 1]),
  })
  .map(({ image, alt, size: [width, height] }) => ({ type: 'figure', attrs: { image, alt, width, height } }));

const { block } = fc.letrec<{ block: JsonNode; blocks: JsonNode[] }>((tie) => ({
  blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }),
  block: fc.oneof(
    { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
    textblock,
    fc.constant<JsonNode>({ type: 'horizontal_rule' }),
    figure,
    tie('blocks').map((content) => ({ type: 'blockquote', content })),
    tie('blocks').map((content) => ({ type: 'bullet_list', content: [{ type: 'list_item', content }] })),
    tie('blocks').map((content) => ({
      type: 'ordered_list',
      attrs: { order: 3 },
      content: [
        { type: 'list_item', content },
        { type: 'list_item', content },
      ],
    })),
    tie('blocks').map((content) => ({
      type: 'table',
      content: [
        {
          type: 'table_row',
          content: [
            { type: 'table_header', content },
            { type: 'table_cell', content },
          ],
        },
      ],
    })),
  ),
}));

/** A valid document of the report schema. */
export const documents = fc.array(block, { minLength: 1, maxLength: 6 }).map((content) => {
  const doc = reportSchema.nodeFromJSON({ type: 'doc', content });
  doc.check();
  return doc;
});
