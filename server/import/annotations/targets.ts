/**
 * What an annotation is about, as far as it is words. Quotations and positions in a text are understood, RFC 5147's
 * `char=` too, and one selector inside another where the inner one stands by itself. All others (paths in a page,
 * parts of images and sounds) count in something that a report is not; they are told by name.
 */
import type { TextQuoteSelector, TextSelector } from '#core/anchor/selector.ts';
import { MAX_CONTEXT_LENGTH } from '#core/limits.ts';
import type { ReadTarget, WordSelector } from './annotation.ts';
import { isObject, listOf, stringsOf, type JsonObject } from './json-ld.ts';

/** The targets of a valid annotation, sets opened. */
export function readTargets(target: unknown): ReadTarget[] {
  return listOf(target).flatMap((one) => (isObject(one) ? readTarget(one) : [ofAddress(String(one))]));
}

function readTarget(target: JsonObject): ReadTarget[] {
  if (Array.isArray(target['items'])) return readTargets(target['items']);
  const source = addressOf(target['source']) ?? addressOf(target);
  if (target['selector'] === undefined) return [ofAddress(source ?? '')];
  const selectors = listOf(target['selector']);
  const selector = readSelectors(selectors);
  return [{ source, selector, reason: selector === null ? notUnderstood(selectors) : '' }];
}

export function addressOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return isObject(value) ? (stringsOf(value['id'])[0] ?? null) : null;
}

/** An address alone: a part of a text by RFC 5147, else a whole thing. */
function ofAddress(address: string): ReadTarget {
  const [source = '', fragment = ''] = address.split('#', 2);
  const position = characters(fragment);
  if (position !== null) return { source, selector: { kind: 'words', selectors: [position] }, reason: '' };
  const what = address === '' ? 'a whole page or file' : address;
  return { source: address || null, selector: null, reason: `It is about ${what}, not about words in it.` };
}

/** Several selectors name the same words in different ways. */
function readSelectors(selectors: readonly unknown[]): WordSelector | null {
  const read = selectors.flatMap((one) => (isObject(one) ? (readSelector(one) ?? []) : []));
  const range = read.find((one) => one.kind === 'range');
  const words = read.flatMap((one) => (one.kind === 'words' ? one.selectors : []));
  return words.length > 0 ? { kind: 'words', selectors: words } : (range ?? null);
}

function readSelector(selector: JsonObject): WordSelector | null {
  const own = ownSelector(selector);
  const inner = readSelectors(listOf(selector['refinedBy']));
  if (inner === null) return own;
  return own === null ? alone(inner) : refined(own, inner);
}

function ownSelector(selector: JsonObject): WordSelector | null {
  const types = stringsOf(selector['type']);
  const words = (one: TextSelector | null): WordSelector | null =>
    one === null ? null : { kind: 'words', selectors: [one] };
  if (types.includes('TextQuoteSelector')) return words(readQuote(selector));
  if (types.includes('TextPositionSelector'))
    return words({
      type: 'TextPositionSelector',
      start: numberOf(selector['start']),
      end: numberOf(selector['end']),
    });
  if (types.includes('FragmentSelector')) return words(characters(textOf(selector['value'])));
  if (!types.includes('RangeSelector')) return null;
  const from = readSelectors(listOf(selector['startSelector']));
  const to = readSelectors(listOf(selector['endSelector']));
  if (from?.kind !== 'words' || to?.kind !== 'words') return null;
  return { kind: 'range', from: from.selectors, to: to.selectors };
}

function readQuote(selector: JsonObject): TextQuoteSelector {
  const prefix = textOf(selector['prefix']).slice(-MAX_CONTEXT_LENGTH);
  const suffix = textOf(selector['suffix']).slice(0, MAX_CONTEXT_LENGTH);
  return {
    type: 'TextQuoteSelector',
    exact: textOf(selector['exact']),
    ...(prefix === '' ? {} : { prefix }),
    ...(suffix === '' ? {} : { suffix }),
  };
}

/** RFC 5147: `char=10,20`, with what may follow to check the text by. A place without width is no words. */
function characters(fragment: string): TextSelector | null {
  const [, start, end] = /^char=(\d{0,12}),(\d{1,12})(?:;|$)/.exec(fragment) ?? [];
  return end === undefined
    ? null
    : { type: 'TextPositionSelector', start: Number(start ?? 0), end: Number(end) };
}

/** Inside something that is not understood a quotation still names words, a position does not. */
function alone(inner: WordSelector): WordSelector | null {
  if (inner.kind === 'range') return inner;
  const quotes = inner.selectors.filter((one) => one.type === 'TextQuoteSelector');
  return quotes.length === 0 ? null : { kind: 'words', selectors: quotes };
}

/** Words inside quoted words: what stands around them there is their context. */
function refined(outer: WordSelector, inner: WordSelector): WordSelector | null {
  if (outer.kind === 'range') return alone(inner);
  const [around] = outer.selectors;
  const [within] = inner.kind === 'words' ? inner.selectors : [];
  if (around === undefined || within === undefined) return alone(inner);
  const narrowed =
    around.type === 'TextPositionSelector' ? inPosition(around.start, within) : inQuotation(around, within);
  return narrowed === null ? alone(inner) : { kind: 'words', selectors: [narrowed] };
}

function inPosition(from: number, within: TextSelector): TextSelector | null {
  if (within.type !== 'TextPositionSelector') return within;
  return { type: 'TextPositionSelector', start: from + within.start, end: from + within.end };
}

function inQuotation(around: TextQuoteSelector, within: TextSelector): TextSelector | null {
  const { exact } = around;
  const start = within.type === 'TextPositionSelector' ? within.start : exact.indexOf(within.exact);
  const end = within.type === 'TextPositionSelector' ? within.end : start + within.exact.length;
  if (start < 0 || start >= end || end > exact.length) return null;
  return {
    type: 'TextQuoteSelector',
    exact: exact.slice(start, end),
    prefix: ((around.prefix ?? '') + exact.slice(0, start)).slice(-MAX_CONTEXT_LENGTH),
    suffix: (exact.slice(end) + (around.suffix ?? '')).slice(0, MAX_CONTEXT_LENGTH),
  };
}

function notUnderstood(selectors: readonly unknown[]): string {
  const names = selectors.flatMap((one) =>
    isObject(one) && stringsOf(one['type']).length > 0 ? stringsOf(one['type']) : ['selector elsewhere'],
  );
  return `Its place is given by a ${[...new Set(names)].join(' and a ')}, which does not count in words of a text.`;
}

function textOf(value: unknown): string {
  return stringsOf(value)[0] ?? '';
}

function numberOf(value: unknown): number {
  const [first] = listOf(value);
  return typeof first === 'number' ? first : 0;
}
