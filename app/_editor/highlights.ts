/**
 * Claims and comments drawn over the words: ProseMirror decorations made from places, never marks in the text.
 * Each highlight is a `span` of its own, nested where they overlap, so that each keeps its line (lanes.ts) and a
 * click finds all of them by walking up from its target. With many claims only those near the viewport are drawn
 * (2,000 claims: 900 nodes in place of 8,275); `everything` draws all, for print.
 *
 * Places follow the words in two ways: a change made here maps them; a change from the shared document maps them
 * by the blocks it touched (block-map.ts), and the view settles them from relative positions soon after.
 */
import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey, type EditorState, type Transaction } from 'prosemirror-state';
import { Mapping } from 'prosemirror-transform';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { ySyncPluginKey } from 'y-prosemirror';
import { blockMap } from './block-map.ts';
import { layLanes, type Span } from './lanes.ts';
import type { ClaimMark, CommentMark } from './marks.ts';
import { highlightClass, SIGN_CIRCLE, signOf, WORD_JOINER, type Sign } from './signs.ts';

/** Up to here all are drawn: the window costs more care than it saves time. */
const DRAW_ALL_UP_TO = 100;

export interface Highlights {
  readonly claims: readonly ClaimMark[];
  readonly comments: readonly CommentMark[];
  readonly places: ReadonlyMap<string, Span>;
  readonly activeId: string | null;
  readonly hoverId: string | null;
  /** The part of the document that is near the viewport. */
  readonly near: Span;
  readonly everything: boolean;
}

interface HighlightState extends Highlights {
  readonly lanes: ReadonlyMap<string, number>;
  readonly decorations: DecorationSet;
}

const key = new PluginKey<HighlightState>('highlights');

export function highlightsPlugin(initial: Highlights): Plugin<HighlightState> {
  return new Plugin<HighlightState>({
    key,
    state: {
      init: (_config, state) => draw(withLanes(initial), state.doc),
      apply: (tr, value) => {
        const change = changeOf(tr);
        const moved = tr.docChanged ? moveAll(value, tr) : value;
        if (change === undefined) return moved;
        const next = { ...moved, ...change };
        const isPlaced =
          change.places !== undefined || change.claims !== undefined || change.comments !== undefined;
        return draw(isPlaced ? withLanes(next) : next, tr.doc);
      },
    },
    props: { decorations: (state) => key.getState(state)?.decorations },
  });
}

export function highlightsOf(state: EditorState): Highlights | null {
  return key.getState(state) ?? null;
}

export function changeHighlights(tr: Transaction, change: Partial<Highlights>): Transaction {
  return tr.setMeta(key, change).setMeta('addToHistory', false);
}

function changeOf(tr: Transaction): Partial<Highlights> | undefined {
  const change: unknown = tr.getMeta(key);
  return change === undefined ? undefined : (change as Partial<Highlights>);
}

/** Whether a transaction shows what others did (or undo did) in the shared document. */
export function isFromShared(tr: Transaction): boolean {
  return tr.getMeta(ySyncPluginKey) !== undefined;
}

/** Moves what is drawn with the words: cheaper for each key than drawing it again. */
function moveAll(value: HighlightState, tr: Transaction): HighlightState {
  const mapping = isFromShared(tr) ? new Mapping([blockMap(tr.before, tr.doc)]) : tr.mapping;
  const places = new Map<string, Span>();
  for (const [id, span] of value.places) {
    // What is typed at the edges stays outside.
    const from = mapping.map(span.from, 1);
    const to = mapping.map(span.to, -1);
    if (from < to) places.set(id, { from, to });
  }
  const near = { from: mapping.map(value.near.from, -1), to: mapping.map(value.near.to, 1) };
  return { ...value, places, near, decorations: value.decorations.map(mapping, tr.doc) };
}

function withLanes(highlights: Highlights): HighlightState {
  const claims = new Map<string, Span>();
  for (const { id, state } of highlights.claims) {
    const span = highlights.places.get(id);
    if (span !== undefined && state !== 'dismissed') claims.set(id, span);
  }
  return { ...highlights, lanes: layLanes(claims), decorations: DecorationSet.empty };
}

function draw(value: HighlightState, doc: Node): HighlightState {
  const isAllDrawn = value.everything || value.claims.length <= DRAW_ALL_UP_TO;
  const near = isAllDrawn ? { from: 0, to: doc.content.size } : value.near;
  const lifted = value.hoverId ?? value.activeId;
  const liftedSpan = lifted === null ? undefined : value.places.get(lifted);
  const decorations: Decoration[] = [];
  for (const claim of value.claims) {
    const span = value.places.get(claim.id);
    if (span === undefined || span.to < near.from || span.from > near.to || span.to > doc.content.size)
      continue;
    const isBehind = liftedSpan !== undefined && claim.id !== lifted && overlap(span, liftedSpan);
    const classes = [
      highlightClass(claim.state, claim.tone),
      `lane-${value.lanes.get(claim.id) ?? 0}`,
      claim.id === value.activeId ? 'active' : '',
      claim.id === value.hoverId ? 'hover' : '',
      isBehind ? 'behind' : '',
    ];
    const attributes = { nodeName: 'span', class: classes.filter(Boolean).join(' '), 'data-claim': claim.id };
    decorations.push(Decoration.inline(span.from, span.to, attributes), endWidget(claim, span.to));
  }
  for (const comment of value.comments) {
    const span = value.places.get(comment.id);
    if (span === undefined || span.to < near.from || span.from > near.to || span.to > doc.content.size)
      continue;
    const isLooked = comment.id === value.activeId || comment.id === value.hoverId;
    const attributes = { nodeName: 'span', class: isLooked ? 'cm active' : 'cm', 'data-comment': comment.id };
    decorations.push(Decoration.inline(span.from, span.to, attributes));
  }
  return { ...value, decorations: DecorationSet.create(doc, decorations) };
}

function overlap(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to;
}

/** Says the claim to a screen reader after its words, and shows its sign if it has one. */
function endWidget(claim: ClaimMark, position: number): Decoration {
  const name = `${claim.id} ${claim.state} ${claim.tone ?? ''} ${claim.label}`;
  return Decoration.widget(position, () => drawEnd(claim), {
    key: name,
    side: -1,
    marks: [],
    ignoreSelection: true,
  });
}

function drawEnd(claim: ClaimMark): HTMLElement {
  const end = document.createElement('span');
  const sign = signOf(claim.state, claim.tone);
  end.className = sign === null ? 'hl-end' : `hl-end hl-sign tone-${claim.tone ?? 'other'}`;
  end.setAttribute('role', 'img');
  end.setAttribute('aria-label', claim.label);
  end.dataset['claim'] = claim.id;
  if (sign !== null) end.append(WORD_JOINER, drawSign(sign), WORD_JOINER);
  return end;
}

const SVG = 'http://www.w3.org/2000/svg';

function drawSign(sign: Sign): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of [
    ['viewBox', '0 0 24 24'],
    ['width', '13'],
    ['height', '13'],
    ['aria-hidden', 'true'],
    ['class', 'sign'],
  ] as const)
    svg.setAttribute(name, value);
  if (sign.circle !== 'none') {
    const circle = svg.appendChild(document.createElementNS(SVG, 'circle'));
    for (const name of ['cx', 'cy', 'r'] as const) circle.setAttribute(name, String(SIGN_CIRCLE[name]));
    if (sign.circle === 'broken') circle.setAttribute('stroke-dasharray', SIGN_CIRCLE.broken);
  }
  for (const path of sign.paths)
    svg.appendChild(document.createElementNS(SVG, 'path')).setAttribute('d', path);
  return svg;
}
