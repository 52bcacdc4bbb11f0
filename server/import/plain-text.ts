/**
 * Plain text into paragraphs. If blank lines part the text, they are what parts its paragraphs and a single line
 * break stays a break inside one (verse, addresses, wrapped lines); without blank lines every line is a paragraph.
 * Either way the report's text is the source's lines, without the blank ones.
 */
import type { DocNode } from '#core/text/doc-json.ts';
import type { ReadMarkup } from './html.ts';

export function readPlainText(source: string): ReadMarkup {
  const { text, dropped } = withoutControls(source);
  const lines = text
    .replace(/\r\n?|[\v\f\u2028\u2029\u0085]/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  const first = lines.findIndex((line) => line !== '');
  const body = first < 0 ? [] : lines.slice(first);
  const hasBlankLines = body.includes('');
  const paragraphs: string[][] = [];
  let isOpen = false;
  for (const line of body) {
    if (line !== '' && isOpen) paragraphs.at(-1)?.push(line);
    else if (line !== '') paragraphs.push([line]);
    isOpen = line !== '' && hasBlankLines;
  }
  const content = paragraphs.map((run): DocNode => ({ type: 'paragraph', content: withBreaks(run) }));
  return {
    doc: { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] },
    title: null,
    unreadable: dropped > 0 ? [`${dropped} control characters were left out.`] : [],
  };
}

function withBreaks(lines: readonly string[]): DocNode[] {
  return lines.flatMap((line, i): DocNode[] => {
    const words: DocNode = { type: 'text', text: line };
    return i === 0 ? [words] : [{ type: 'hard_break' }, words];
  });
}

function withoutControls(source: string): { text: string; dropped: number } {
  const text = source.replace(/[\u0000-\u0008\u000e-\u001f\u007f]/g, '');
  return { text, dropped: source.length - text.length };
}
