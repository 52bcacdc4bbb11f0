/**
 * Flows of columns and pages to one text: a paragraph that goes on in the next column or on the next page becomes
 * one, and notes at the foot wait until the sentence that they interrupt has ended.
 */
import type { Block, TextBlock } from './block.ts';
import { textOf } from './lines.ts';
import { endsSentence } from './paragraphs.ts';

export function joinFlows(flows: readonly (readonly Block[])[]): Block[] {
  const result: Block[] = [];
  let notes: Block[] = [];
  for (const flow of flows) {
    flow.forEach((block, i) => {
      if (block.kind === 'footnote') {
        notes.push(block);
        return;
      }
      const last = result.at(-1);
      if (i === 0 && last !== undefined && goesOn(last, block)) {
        result[result.length - 1] = joined(last, block);
        return;
      }
      result.push(...notes, block);
      notes = [];
    });
  }
  return [...result, ...notes];
}

function goesOn(last: Block, next: Block): last is TextBlock {
  if (last.kind === 'table' || next.kind !== 'paragraph' || !last.endsFlow) return false;
  if (last.kind !== 'paragraph' && last.kind !== 'item' && last.kind !== 'quote') return false;
  const [end, start] = [last.lines.at(-1), next.lines[0]];
  if (end === undefined || start === undefined || Math.abs(end.size - start.size) > end.size * 0.09)
    return false;
  if (/[-‐\u00ad]$/.test(textOf(end).trim())) return /^\p{L}/u.test(textOf(start));
  if (endsSentence(end)) return false;
  if (/^\p{Ll}/u.test(textOf(start))) return true;
  // Whatever it begins with: a line that fills a column of prose has not come to its end.
  const width = last.right - Math.min(...last.lines.map(({ x0 }) => x0));
  return last.lines.length > 1 && width > end.size * 12 && end.x1 > last.right - end.size * 2;
}

function joined(last: TextBlock, next: Block): TextBlock {
  if (next.kind === 'table') return last;
  return { ...last, lines: [...last.lines, ...next.lines], endsFlow: next.endsFlow, right: next.right };
}
