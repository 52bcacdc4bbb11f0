/**
 * A report's text without an editor: the first paint, rendered on the server, and what a reader without script
 * sees. Makes the same elements and classes as the editor does, so the editor takes its place without a shift.
 * Usable in a Server Component: no editor, no Yjs, no state.
 */
import './editor.css';
import { createElement, Fragment, type ReactNode } from 'react';
import { figureOf, imageAddress } from '#core/text/figures.ts';
import { isSafeHref } from '#core/text/safe-href.ts';
import { layLanes } from './lanes.ts';
import type { PlacedClaim, TextNodeJson } from './marks.ts';
import { highlightClass, SIGN_CIRCLE, signOf, WORD_JOINER, type Sign } from './signs.ts';

interface StaticTextProps {
  readonly doc: TextNodeJson;
  readonly claims: readonly PlacedClaim[];
  readonly label?: string;
}

export function StaticText({ doc, claims, label }: StaticTextProps): ReactNode {
  const painter = new Painter(claims);
  return (
    <div className="text" role="document" aria-label={label}>
      {painter.paint(doc)}
    </div>
  );
}

const containers: Readonly<Record<string, string>> = {
  blockquote: 'blockquote',
  bullet_list: 'ul',
  list_item: 'li',
  table_row: 'tr',
};
const markTags: Readonly<Record<string, string>> = {
  strong: 'strong',
  em: 'em',
  underline: 'u',
  strike: 's',
  code: 'code',
};

/** Walks the document once and counts text offsets as core/text/flatten-node.ts does. */
class Painter {
  /** By start; `#next` is the first that has not begun before the present offset. */
  readonly #claims: readonly PlacedClaim[];
  readonly #lanes: ReadonlyMap<string, number>;
  #next = 0;
  #around: readonly PlacedClaim[] = [];
  #offset = 0;
  #hasBlock = false;

  constructor(claims: readonly PlacedClaim[]) {
    this.#claims = claims.filter((claim) => claim.end > claim.start).toSorted(byStart);
    const lined = this.#claims.filter(({ state }) => state !== 'dismissed');
    this.#lanes = layLanes(new Map(lined.map(({ id, start, end }) => [id, { from: start, to: end }])));
  }

  paint(node: TextNodeJson): ReactNode {
    return node.content?.map((child, index) => <Fragment key={index}>{this.#node(child)}</Fragment>);
  }

  #node(node: TextNodeJson): ReactNode {
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'code_block')
      return this.#textblock(node);
    if (node.type === 'horizontal_rule') return <hr />;
    if (node.type === 'figure') return <Figure node={node} />;
    if (node.type === 'table')
      return (
        <table>
          <tbody>{this.paint(node)}</tbody>
        </table>
      );
    if (node.type === 'table_cell' || node.type === 'table_header') {
      const props = { colSpan: spanOf(node, 'colspan'), rowSpan: spanOf(node, 'rowspan') };
      return createElement(node.type === 'table_cell' ? 'td' : 'th', props, this.paint(node));
    }
    if (node.type === 'ordered_list')
      return <ol start={Number(node.attrs?.['order'] ?? 1)}>{this.paint(node)}</ol>;
    const tag = containers[node.type];
    return tag === undefined ? this.paint(node) : createElement(tag, null, this.paint(node));
  }

  #textblock(node: TextNodeJson): ReactNode {
    if (this.#hasBlock) this.#offset += 1;
    this.#hasBlock = true;
    const words = node.content?.map((child, index) => <Fragment key={index}>{this.#inline(child)}</Fragment>);
    // The editor gives an empty line the height of one by a break of its own.
    const content = words === undefined || words.length === 0 ? <br /> : words;
    if (node.type === 'code_block')
      return (
        <pre>
          <code>{content}</code>
        </pre>
      );
    if (node.type !== 'heading') return <p>{content}</p>;
    const level = Math.min(6, Math.max(1, Number(node.attrs?.['level'] ?? 2)));
    return createElement(`h${level}`, null, content);
  }

  #inline(node: TextNodeJson): ReactNode {
    if (node.type === 'hard_break') {
      this.#offset += 1;
      return <br />;
    }
    const text = node.text ?? '';
    const start = this.#offset;
    const end = start + text.length;
    this.#offset = end;
    const around = this.#claimsIn(start, end);
    const edges = around
      .flatMap((claim) => [claim.start, claim.end])
      .filter((edge) => edge > start && edge < end);
    const cuts = [...new Set([start, ...edges, end])].toSorted((a, b) => a - b);
    const pieces = cuts.slice(0, -1).map((from, index) => {
      const to = cuts[index + 1] ?? end;
      return (
        <Fragment key={from}>{this.#piece(text.slice(from - start, to - start), from, to, around)}</Fragment>
      );
    });
    return (node.marks ?? []).toReversed().reduce<ReactNode>(inMark, pieces);
  }

  /** The claims that have words between two offsets; called with ascending ones. */
  #claimsIn(start: number, end: number): readonly PlacedClaim[] {
    const begun: PlacedClaim[] = [];
    for (
      let claim = this.#claims[this.#next];
      claim !== undefined && claim.start < end;
      claim = this.#claims[this.#next]
    ) {
      begun.push(claim);
      this.#next += 1;
    }
    this.#around = [...this.#around, ...begun].filter((claim) => claim.end > start);
    return this.#around;
  }

  #piece(text: string, from: number, to: number, claims: readonly PlacedClaim[]): ReactNode {
    const around = claims.filter((claim) => claim.start <= from && claim.end >= to);
    const marked = around.toReversed().reduce<ReactNode>(
      (inner, claim) => (
        <span
          className={`${highlightClass(claim.state, claim.tone)} lane-${this.#lanes.get(claim.id) ?? 0}`}
          data-claim={claim.id}
        >
          {inner}
        </span>
      ),
      text,
    );
    const ending = around.filter((claim) => claim.end === to);
    if (ending.length === 0) return marked;
    return (
      <>
        {marked}
        {ending.map((claim) => (
          <ClaimEnd key={claim.id} claim={claim} />
        ))}
      </>
    );
  }
}

/** As the schema makes it; the caption says again what a screen reader was told by the image. */
function Figure({ node }: { node: TextNodeJson }): ReactNode {
  const { image, alt, width, height } = figureOf(node.attrs);
  const size = width === null || height === null ? {} : { width, height };
  return (
    <figure data-image={image}>
      {/* eslint-disable-next-line nextjs/no-img-element */}
      <img src={imageAddress(image)} alt={alt} {...size} loading="lazy" decoding="async" />
      {alt === '' ? null : <figcaption aria-hidden="true">{alt}</figcaption>}
    </figure>
  );
}

function byStart(a: PlacedClaim, b: PlacedClaim): number {
  return a.start - b.start || a.end - b.end;
}

function spanOf(node: TextNodeJson, name: string): number | undefined {
  const span = Number(node.attrs?.[name] ?? 1);
  return span === 1 ? undefined : span;
}

function inMark(inner: ReactNode, mark: NonNullable<TextNodeJson['marks']>[number]): ReactNode {
  if (mark.type === 'link') {
    const href = String(mark.attrs?.['href'] ?? '');
    if (!isSafeHref(href)) return inner;
    return (
      <a href={href} rel="noopener noreferrer nofollow">
        {inner}
      </a>
    );
  }
  const tag = markTags[mark.type];
  return tag === undefined ? inner : createElement(tag, null, inner);
}

function ClaimEnd({ claim }: { claim: PlacedClaim }): ReactNode {
  const sign = signOf(claim.state, claim.tone);
  if (sign === null) return <span className="hl-end" role="img" aria-label={claim.label} />;
  return (
    <span className={`hl-end hl-sign tone-${claim.tone ?? 'other'}`} role="img" aria-label={claim.label}>
      {WORD_JOINER}
      <SignPicture sign={sign} />
      {WORD_JOINER}
    </span>
  );
}

/** A claim's sign by itself, for cards and lists; its colour is the text's. */
export function SignPicture({ sign, size = 13 }: { sign: Sign; size?: number }): ReactNode {
  const { cx, cy, r, broken } = SIGN_CIRCLE;
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" className="sign">
      {sign.circle === 'none' ? null : (
        <circle cx={cx} cy={cy} r={r} strokeDasharray={sign.circle === 'broken' ? broken : undefined} />
      )}
      {sign.paths.map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}
