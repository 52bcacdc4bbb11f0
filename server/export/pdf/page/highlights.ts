/**
 * Where the words of each claim and thread stand on one page: a quadrilateral for each stretch of a line that is
 * drawn without a gap. Words of both directions on one line make several.
 */
import type { ExportClaim } from '#core/export/projection.ts';
import type { ExportThread } from '#core/export/thread.ts';
import type { StructureElement } from '../file/structure.ts';

/** Measured from the page's top left corner. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Marked<T> {
  readonly thing: T;
  /** The element of the first words on this page. */
  readonly element: StructureElement;
  readonly boxes: readonly Box[];
}

/** Two stretches with less between them are one. */
const TOUCHING = 0.05;

export class Highlights {
  readonly #claims = new Map<ExportClaim, { element: StructureElement; boxes: Box[] }>();
  readonly #threads = new Map<ExportThread, { element: StructureElement; boxes: Box[] }>();

  addClaim(claim: ExportClaim, element: StructureElement, box: Box): void {
    add(this.#claims, claim, element, box);
  }

  addThread(thread: ExportThread, element: StructureElement, box: Box): void {
    add(this.#threads, thread, element, box);
  }

  claims(): Marked<ExportClaim>[] {
    return marked(this.#claims);
  }

  threads(): Marked<ExportThread>[] {
    return marked(this.#threads);
  }
}

function add<T>(
  all: Map<T, { element: StructureElement; boxes: Box[] }>,
  thing: T,
  element: StructureElement,
  box: Box,
): void {
  const known = all.get(thing);
  if (known === undefined) {
    all.set(thing, { element, boxes: [box] });
    return;
  }
  const last = known.boxes.at(-1);
  const isBeside =
    last !== undefined && Math.abs(last.top - box.top) < 6 && Math.abs(last.bottom - box.bottom) < 6;
  if (isBeside && Math.abs(last.right - box.left) < TOUCHING) {
    known.boxes[known.boxes.length - 1] = {
      left: last.left,
      right: box.right,
      top: Math.min(last.top, box.top),
      bottom: Math.max(last.bottom, box.bottom),
    };
  } else known.boxes.push(box);
}

function marked<T>(all: ReadonlyMap<T, { element: StructureElement; boxes: Box[] }>): Marked<T>[] {
  return [...all].map(([thing, { element, boxes }]) => ({ thing, element, boxes }));
}
