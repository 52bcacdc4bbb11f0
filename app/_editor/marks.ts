/**
 * What the report's text is told about claims and comments, and what it tells back. The report screen makes
 * these from records; where a claim stands is not in them but in the shared document (`fallback` only bridges
 * the moment until the server's entry arrives).
 * Text offsets count UTF-16 units in the report's plain text (core/text/flatten.ts).
 */
import type { RatingTone } from '#core/domain/rating-scale.ts';

export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export type ClaimMarkState = 'open' | 'proposed' | 'decided' | 'recheck' | 'dismissed' | 'suggested';

export interface ClaimMark {
  readonly id: string;
  readonly state: ClaimMarkState;
  /** The tone of its rating; null while nobody has rated it. */
  readonly tone: RatingTone | null;
  /** For screen readers: "Claim 3, missing context, proposed". */
  readonly label: string;
  /** Where to draw it until the shared document has its entry: a highlight made a moment ago. */
  readonly fallback: TextRange | null;
}

/** A thread on plain words. */
export interface CommentMark {
  readonly id: string;
  readonly anchor: TextRange;
}

/** A claim where it stands now, for what is drawn without a shared document. */
export interface PlacedClaim extends TextRange {
  readonly id: string;
  readonly state: ClaimMarkState;
  readonly tone: RatingTone | null;
  readonly label: string;
}

/** From the top of the text's element, in CSS pixels, independent of scrolling. */
export interface MarkPlace {
  readonly top: number;
  readonly bottom: number;
}

/** In the viewport, in CSS pixels. */
export interface ViewRect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface SelectionBox {
  readonly first: ViewRect;
  readonly last: ViewRect;
}

export interface SelectedWords extends TextRange {
  readonly exact: string;
  /** Up to 32 characters on either side. */
  readonly prefix: string;
  readonly suffix: string;
  /** Around the whole selection, at the moment it was made. */
  readonly rect: ViewRect;
  /** The first and last line of the selection now, for what follows it while scrolling; null when it is gone. */
  measure(this: void): SelectionBox | null;
}

export interface EditorPerson {
  readonly id: string;
  readonly name: string;
  readonly color: string;
}

export interface TextEditorHandle {
  /** Brings a claim or comment into the upper middle of the view; false when it stands nowhere. */
  scrollTo(id: string): boolean;
  /** Brings somebody's caret into view (to follow them); false when they are not in the text. */
  scrollToPeer(clientId: number): boolean;
  /** Puts the focus back into the text, where it was. */
  focusText(): void;
  /** Selects the words of a claim and focuses the text; false when it stands nowhere. */
  selectClaim(id: string): boolean;
  /** What is selected now, whether or not anybody was told of it yet. */
  currentSelection(): SelectedWords | null;
  placeOf(id: string): MarkPlace | null;
  clearSelection(): void;
}

/** A ProseMirror document as JSON (`doc.toJSON()` of core/text/schema.ts). */
export interface TextNodeJson {
  readonly type: string;
  readonly text?: string | undefined;
  readonly attrs?: Readonly<Record<string, unknown>> | undefined;
  readonly marks?:
    | readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> | undefined }[]
    | undefined;
  readonly content?: readonly TextNodeJson[] | undefined;
}
