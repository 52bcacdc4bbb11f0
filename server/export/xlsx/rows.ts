/** What stands in the two sheets: a row a claim, as in the CSV file, and a row a comment. */
import { claimColumns } from '#core/export/claim-columns.ts';
import type { ExportClaim, ExportProjection } from '#core/export/projection.ts';
import type { ExportComment, ExportThread } from '#core/export/thread.ts';
import { capital, threadWords, time, wordsOf } from '#core/export/wording.ts';
import type { Cell } from './cell.ts';
import type { Sheet } from './sheet.ts';

/** Beside the words about all evidence: how much there is, and where the first of it can be opened. */
const evidenceColumns = [
  { title: 'Pieces of evidence', width: 10, cell: evidenceCount },
  { title: 'First address', width: 36, cell: firstAddress },
];

export function claimSheet(projection: ExportProjection): Sheet {
  const columns = claimColumns.flatMap((column) => {
    const own = {
      title: column.title,
      width: column.width,
      cell: (claim: ExportClaim): Cell => ({ kind: column.kind, value: column.value(claim, projection) }),
    };
    return column.title === 'Evidence' ? [own, ...evidenceColumns] : [own];
  });
  const rows = projection.claims.map((claim) => columns.map(({ cell }) => cell(claim)));
  return { name: 'Claims', columns, rows };
}

function evidenceCount({ evidence }: ExportClaim): Cell {
  return { kind: 'number', value: String(evidence.length) };
}

function firstAddress({ evidence }: ExportClaim): Cell {
  return { kind: 'link', value: evidence.find((item) => item.url !== null)?.url ?? '' };
}

interface Said {
  readonly claim: ExportClaim | null;
  readonly thread: ExportThread;
  readonly comment: ExportComment;
  readonly parent: ExportComment | null;
}

const commentColumns: readonly {
  readonly title: string;
  readonly width: number;
  readonly kind: Cell['kind'];
  value(said: Said): string;
}[] = [
  {
    title: 'Claim',
    width: 8,
    kind: 'number',
    value: ({ claim }) => (claim === null ? '' : String(claim.number)),
  },
  {
    title: 'On words',
    width: 40,
    kind: 'text',
    value: ({ claim, thread }) => (claim === null ? threadWords(thread) : wordsOf(claim)),
  },
  { title: 'State', width: 12, kind: 'text', value: ({ thread }) => capital(thread.state) },
  { title: 'Author', width: 24, kind: 'text', value: ({ comment }) => comment.author },
  { title: 'Date', width: 22, kind: 'moment', value: ({ comment }) => comment.at },
  {
    title: 'Text',
    width: 60,
    kind: 'text',
    value: ({ comment }) => (comment.deleted ? '[deleted]' : comment.body),
  },
  {
    title: 'Answer to',
    width: 36,
    kind: 'text',
    value: ({ parent }) => (parent === null ? '' : `${parent.author}, ${time(parent.at)}`),
  },
  {
    title: 'Edited at',
    width: 22,
    kind: 'moment',
    value: ({ comment }) => (comment.deleted ? '' : (comment.editedAt ?? '')),
  },
  { title: 'Resolved by', width: 24, kind: 'text', value: ({ thread }) => thread.resolvedBy ?? '' },
  { title: 'Id', width: 38, kind: 'text', value: ({ comment }) => comment.id },
  { title: 'Id of what it answers', width: 38, kind: 'text', value: ({ parent }) => parent?.id ?? '' },
  { title: 'Id of the thread', width: 38, kind: 'text', value: ({ thread }) => thread.id },
];

export function commentSheet({ claims, threads }: ExportProjection): Sheet {
  const onClaims = claims.flatMap((claim) => (claim.thread === null ? [] : saidIn(claim.thread, claim)));
  const onWords = threads.flatMap((thread) => saidIn(thread, null));
  const rows = [...onClaims, ...onWords].map((said) =>
    commentColumns.map(({ kind, value }): Cell => ({ kind, value: value(said) })),
  );
  return { name: 'Threads', columns: commentColumns, rows };
}

function saidIn(thread: ExportThread, claim: ExportClaim | null): Said[] {
  const known = new Map(thread.comments.map((comment) => [comment.id, comment]));
  return thread.comments.map((comment) => {
    const parent = comment.parentId === null ? null : (known.get(comment.parentId) ?? null);
    return { claim, thread, comment, parent };
  });
}
