/** What the nodes tell each other about reports: every message between them, in one place. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { z } from 'zod';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const person = z.object({ id: z.string(), name: z.string(), color: z.string() });

/** On the channel of one report. */
const reportMessage = z.discriminatedUnion('kind', [
  /** Entries of the log, just committed. */
  z.object({ kind: z.literal('entries'), entries: z.array(z.object({ seq: z.number(), data: bytes })) }),
  z.object({ kind: z.literal('awareness'), node: z.string(), update: bytes }),
  /** Who has a socket there; repeated, so that a node which died is forgotten. */
  z.object({ kind: z.literal('people'), node: z.string(), people: z.array(person) }),
  /** A node opened the report: the others say who is there. */
  z.object({ kind: z.literal('hello') }),
  /** It was locked or unlocked: messages of two nodes have no order, so whoever hears it asks the database. */
  z.object({ kind: z.literal('lock') }),
]);

/** On the channel of all. */
const cutMessage = z.object({
  target: z.object({
    memberId: z.string().optional(),
    sessionId: z.string().optional(),
    tokenId: z.string().optional(),
    workspaceId: z.string().optional(),
    reportId: z.string().optional(),
  }),
  code: z.union([z.literal(4401), z.literal(4403), z.literal(4404)]),
});

export type ReportMessage = z.infer<typeof reportMessage>;
export type CutMessage = z.infer<typeof cutMessage>;

export const CUT_CHANNEL = 'sync.cut';
export const reportChannel = (reportId: string): string => `sync.report.${reportId}`;

export function encodeNodeMessage(message: ReportMessage | CutMessage): Uint8Array {
  // lib0 knows no readonly types; a copy of the outer object is all it needs.
  return encoding.encode((encoder) => encoding.writeAny(encoder, { ...message }));
}

/** Null: from a node of another version, say. */
export function decodeReportMessage(message: Uint8Array): ReportMessage | null {
  return reportMessage.safeParse(readAny(message)).data ?? null;
}

export function decodeCutMessage(message: Uint8Array): CutMessage | null {
  return cutMessage.safeParse(readAny(message)).data ?? null;
}

function readAny(message: Uint8Array): unknown {
  try {
    return decoding.readAny(decoding.createDecoder(message));
  } catch {
    return null; // it ends before its parts do
  }
}
