/**
 * Many reports as one zip, made while it is sent: one report is in memory at a time, whoever reads slowly is waited
 * for, and whoever goes away ends it. The same reports give the same bytes: the times in it are the reports' own.
 * A report that cannot be exported is named in a text beside the others; the rest is not lost.
 */
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

export interface ArchiveEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly at: Date;
}

/** Files of these kinds are compressed already. */
const PACKED = /\.(docx|xlsx|pdf)$/;
/** The earliest time that a zip can hold. */
const EARLIEST = Date.UTC(1980, 0, 2);

/** `entries` is asked for the next one when the one before was taken. */
export function zipStream(entries: AsyncIterator<ArchiveEntry>): ReadableStream<Uint8Array> {
  const names = new Set<string>();
  let zip: Zip;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        zip = new Zip((error, chunk, isLast) => {
          if (error !== null) return controller.error(error);
          if (chunk.length > 0) controller.enqueue(chunk);
          if (isLast) controller.close();
        });
      },
      async pull() {
        const next = await entries.next();
        if (next.done === true) zip.end();
        else addEntry(zip, { ...next.value, name: unusedName(next.value.name, names) });
      },
      async cancel() {
        zip.terminate();
        await entries.return?.();
      },
    },
    { highWaterMark: 1 },
  );
}

function addEntry(zip: Zip, { name, bytes, at }: ArchiveEntry): void {
  const file = PACKED.test(name) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
  file.mtime = withoutZone(new Date(Math.max(at.getTime(), EARLIEST)));
  zip.add(file);
  file.push(bytes, true);
}

/** A zip has the clock's time of the place it was made in; this makes it UTC everywhere, so the bytes are the same. */
function withoutZone(at: Date): Date {
  return new Date(
    at.getUTCFullYear(),
    at.getUTCMonth(),
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
  );
}

/** Two reports may have one title: the second is “Title (2).pdf”. */
function unusedName(name: string, names: Set<string>): string {
  const at = name.lastIndexOf('.');
  const [stem, extension] = at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at)];
  let unused = name;
  for (let n = 2; names.has(unused.toLowerCase()); n++) unused = `${stem} (${n})${extension}`;
  names.add(unused.toLowerCase());
  return unused;
}
