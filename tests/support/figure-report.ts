/** A report with figures, as a bundle: the one kind of import that says of every block what it is. */
import { toBase64 } from '#core/base64.ts';
import type { DocNode } from '#core/text/doc-json.ts';
import { flattenNode } from '#core/text/flatten-node.ts';
import type { ReadImage } from '#server/import/notes.ts';

export const paragraph = (text: string): DocNode => ({
  type: 'paragraph',
  content: [{ type: 'text', text }],
});

export const figure = (
  { sha256 }: Pick<ReadImage, 'sha256'>,
  alt = '',
  size?: [number, number],
): DocNode => ({
  type: 'figure',
  attrs: { image: sha256, alt, width: size?.[0] ?? null, height: size?.[1] ?? null },
});

export function figureReport(
  content: readonly DocNode[],
  images: readonly ReadImage[],
  title = 'Counts at the port',
): unknown {
  const doc: DocNode = { type: 'doc', content };
  const at = '2025-12-28T14:00:00.000Z';
  return {
    format: 'proofdesk',
    version: 2,
    exportedAt: at,
    workspace: { name: 'Elsewhere' },
    report: {
      id: '00000000-0000-4000-8000-000000000001',
      title,
      purpose: 'external',
      genre: 'study',
      status: 'checking',
      source: { kind: 'docx', sha256: '0'.repeat(64), name: 'Counts.docx', from: null, takenAt: at },
      createdBy: 'Ana Reyes',
      createdAt: at,
      updatedAt: at,
    },
    text: flattenNode(doc).text,
    doc,
    images: images.map(({ sha256, mediaType, bytes }) => ({ sha256, mediaType, data: toBase64(bytes) })),
    claims: [],
    threads: [],
    people: ['Ana Reyes'],
  };
}
