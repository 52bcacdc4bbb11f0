/** What a stretch of set text belongs to: its element of the structure, its link, the claims and threads on it. */
import type { ExportClaim } from '#core/export/projection.ts';
import type { ExportThread } from '#core/export/thread.ts';
import type { StructureElement } from '../file/structure.ts';

export type LinkTarget = { readonly address: string } | { readonly name: string };

export interface Belonging {
  readonly element: StructureElement;
  readonly link: LinkTarget | null;
  /** Longest first. */
  readonly claims: readonly ExportClaim[];
  readonly threads: readonly ExportThread[];
  /** Those that begin with its first letter. */
  readonly begins: readonly ExportClaim[];
  readonly threadBegins: readonly ExportThread[];
}

export function plainly(element: StructureElement, link: LinkTarget | null = null): Belonging {
  return { element, link, claims: [], threads: [], begins: [], threadBegins: [] };
}
