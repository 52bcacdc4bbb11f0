/** What pdf.js tells of an annotation, checked and brought into one shape. Dates become ISO 8601. */
import type { Rectangle } from './text-state.ts';

export interface PdfAnnotation {
  /** The number of its object: `12R`. */
  readonly id: string;
  readonly type: string;
  readonly rect: Rectangle;
  /** Rectangles of the words that it marks; empty when it has none. */
  readonly quads: readonly Rectangle[];
  readonly author: string | null;
  /** When it was said, else when it was changed. */
  readonly at: string | null;
  readonly body: string;
  readonly inReplyTo: string | null;
  readonly isGrouped: boolean;
  /** `Review` or `Marked` models. */
  readonly state: string | null;
  readonly url: string | null;
  readonly isField: boolean;
}

const MAX_RICH_DEPTH = 50;

export function annotationOf(value: unknown, maxQuads: number): PdfAnnotation | null {
  if (!isRecord(value) || typeof value['id'] !== 'string') return null;
  const contents = stringOf(value['contentsObj']);
  const url = value['url'];
  return {
    id: value['id'],
    type: typeof value['subtype'] === 'string' ? value['subtype'] : '',
    rect: rectangleOf(value['rect']) ?? [0, 0, 0, 0],
    quads: quadsOf(value['quadPoints'], maxQuads),
    author: stringOf(value['titleObj']).trim() || null,
    at: dateOf(value['creationDate']) ?? dateOf(value['modificationDate']),
    body: (contents.trim() || richText(value['richText'])).replace(/\r\n?/g, '\n').trim(),
    inReplyTo: typeof value['inReplyTo'] === 'string' ? value['inReplyTo'] : null,
    isGrouped: value['replyType'] === 'Group',
    state: typeof value['state'] === 'string' ? value['state'] : null,
    url: typeof url === 'string' && /^(https?:\/\/|mailto:)/i.test(url) ? url : null,
    isField: value['subtype'] === 'Widget',
  };
}

/** `D:20240315142530+01'00'`, with anything from the month on left out, to ISO 8601; null when it is no date. */
export function dateOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const parts =
    /^\s*(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:([Zz])|([+-])(\d\d)'?(\d\d)?'?)?/.exec(value);
  if (parts === null) return null;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', , sign, zh, zm] = parts;
  const zone = sign === undefined ? 'Z' : `${sign}${zh ?? '00'}:${zm ?? '00'}`;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`;
  return Number.isNaN(Date.parse(iso)) ? null : iso;
}

function quadsOf(value: unknown, most: number): Rectangle[] {
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return [];
  const numbers = Array.from(value as ArrayLike<unknown>, Number);
  const quads: Rectangle[] = [];
  for (let at = 0; at + 7 < numbers.length && quads.length < most; at += 8) {
    const xs = [0, 2, 4, 6].map((i) => numbers[at + i] ?? 0);
    const ys = [1, 3, 5, 7].map((i) => numbers[at + i] ?? 0);
    quads.push([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]);
  }
  return quads.filter((quad) => quad.every(Number.isFinite));
}

function rectangleOf(value: unknown): Rectangle | null {
  if (!Array.isArray(value) || value.length < 4) return null;
  const [a = 0, b = 0, c = 0, d = 0] = value.map(Number);
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

function stringOf(value: unknown): string {
  return isRecord(value) && typeof value['str'] === 'string' ? value['str'] : '';
}

/** The words of formatted contents; pdf.js gives them as a tree with `value` and `children`. */
function richText(value: unknown): string {
  if (!isRecord(value)) return '';
  if (typeof value['str'] === 'string') return value['str'];
  const words = (node: unknown, depth: number): string => {
    if (!isRecord(node) || depth > MAX_RICH_DEPTH) return '';
    const own = typeof node['value'] === 'string' ? node['value'] : '';
    const children = Array.isArray(node['children']) ? node['children'] : [];
    const inner = children.map((child) => words(child, depth + 1)).join('');
    return own + inner + (node['name'] === 'p' || node['name'] === 'br' ? '\n' : '');
  };
  return words(value['html'], 0);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
