/** The headings of a report, for "In this report". */
import type { TextNodeJson } from '../_editor/marks.ts';

export interface OutlineEntry {
  /** Which heading of the text, counted from 0. */
  readonly index: number;
  readonly text: string;
  /** 0 for the highest level that occurs. */
  readonly depth: number;
}

export function outlineOf(doc: TextNodeJson): OutlineEntry[] {
  const found: { text: string; level: number }[] = [];
  collect(doc, found);
  const top = Math.min(...found.map((one) => one.level));
  return found.flatMap(({ text, level }, index) =>
    text === '' ? [] : [{ index, text, depth: Math.min(2, level - top) }],
  );
}

function collect(node: TextNodeJson, found: { text: string; level: number }[]): void {
  if (node.type === 'heading') {
    found.push({ text: textOf(node).trim(), level: Number(node.attrs?.['level'] ?? 2) });
    return;
  }
  for (const child of node.content ?? []) collect(child, found);
}

function textOf(node: TextNodeJson): string {
  return node.text ?? (node.content ?? []).map(textOf).join('');
}
