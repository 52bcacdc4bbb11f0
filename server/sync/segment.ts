/**
 * A run of log entries packed for history: who, when and what of each, deflated. Layout before deflating, in lib0's
 * encoding: the number of members and their ids; the number of entries and for each the member (0: the server, else
 * its place in the list from 1), the milliseconds since the entry before, and the update.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { HistoryEntry } from '#db/queries/document-history.ts';

export function packSegment(entries: readonly HistoryEntry[]): Uint8Array {
  const members = [...new Set(entries.flatMap(({ memberId }) => memberId ?? []))];
  const packed = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, members.length);
    for (const member of members) encoding.writeVarString(encoder, member);
    encoding.writeVarUint(encoder, entries.length);
    let before = 0;
    for (const { memberId, at, data } of entries) {
      encoding.writeVarUint(encoder, memberId === null ? 0 : members.indexOf(memberId) + 1);
      encoding.writeVarInt(encoder, at.getTime() - before);
      encoding.writeVarUint8Array(encoder, data);
      before = at.getTime();
    }
  });
  return deflateRawSync(packed);
}

/** `fromSeq`: the number of the first entry. Throws on bytes that `packSegment` did not make. */
export function unpackSegment(segment: Uint8Array, fromSeq: number): HistoryEntry[] {
  const decoder = decoding.createDecoder(new Uint8Array(inflateRawSync(segment)));
  const members = Array.from({ length: decoding.readVarUint(decoder) }, () =>
    decoding.readVarString(decoder),
  );
  let time = 0;
  return Array.from({ length: decoding.readVarUint(decoder) }, (_, i) => {
    const memberId = members[decoding.readVarUint(decoder) - 1] ?? null;
    time += decoding.readVarInt(decoder);
    const data = decoding.readVarUint8Array(decoder);
    return { seq: fromSeq + i, memberId, at: new Date(time), data };
  });
}
