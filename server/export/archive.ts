/**
 * Many reports as one zip, made while it is sent: one report is in memory at a time, whoever reads slowly is waited
 * for, and whoever goes away ends it. The same reports give the same bytes: the times in it are the reports' own.
 * A report that cannot be exported is named in a text beside the others; the rest is not lost.
 */
import { writeDirectory, writeEntry, type WrittenEntry } from './zip-entry.ts';

export interface ArchiveEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly at: Date;
}

/** Files of these kinds are compressed already. */
const PACKED = /\.(docx|xlsx|pdf)$/;

/** `entries` is asked for the next one when the one before was taken. */
export function zipStream(entries: AsyncIterator<ArchiveEntry>): ReadableStream<Uint8Array> {
  const names = new Set<string>();
  const written: WrittenEntry[] = [];
  let offset = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await entries.next();
        if (next.done === true) {
          controller.enqueue(writeDirectory(written, offset));
          return controller.close();
        }
        const { bytes, at } = next.value;
        const name = unusedName(next.value.name, names);
        const { entry, chunk } = writeEntry({ name, bytes, at, isPacked: PACKED.test(name) }, offset);
        written.push(entry);
        offset += chunk.length;
        controller.enqueue(chunk);
      },
      async cancel() {
        await entries.return?.();
      },
    },
    { highWaterMark: 1 },
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
