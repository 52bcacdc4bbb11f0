/** Text with its looks: what the line layout takes. */
import type { FaceStyle } from '../fonts/faces.ts';
import type { Colour } from '../look.ts';

export interface TextLook extends FaceStyle {
  /** Points. */
  readonly size: number;
  readonly colour: Colour;
  readonly isUnderlined?: boolean;
  readonly isStruck?: boolean;
}

/** A stretch of text of one look that belongs to the same things. `T` is what the one who draws it wants to know. */
export interface Styled<T = unknown> {
  /** Clean (see cleanText); "\n" ends a line. */
  readonly text: string;
  readonly look: TextLook;
  readonly about: T;
}
