/**
 * Counts the files of a zip as it streams by, without unpacking them. Our zips say of each file how long it is before
 * its bytes (server/export/zip-entry.ts), so the count goes from header to header: what lies in a file, another zip as
 * a Word file is one, is stepped over and never looked at.
 */
const LOCAL_HEADER = 0x04034b50;
const HEADER_LENGTH = 30;

/** Call the answer with each chunk; `onDone` gets how many files are complete. */
export function countFiles(onDone: (done: number) => void): (chunk: Uint8Array) => void {
  const header = new Uint8Array(HEADER_LENGTH);
  /** Bytes of the header that came, and of the name and the file that are still to come. */
  let filled = 0;
  let ahead = 0;
  let done = 0;
  let isDirectory = false;
  return (chunk) => {
    for (let at = 0; at < chunk.length && !isDirectory;) {
      if (filled < HEADER_LENGTH) {
        const part = chunk.subarray(at, at + HEADER_LENGTH - filled);
        header.set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled < HEADER_LENGTH) return;
        ahead = lengthAfter(header);
        isDirectory = ahead < 0;
      }
      const step = Math.min(ahead, chunk.length - at);
      at += step;
      ahead -= step;
      if (ahead > 0 || isDirectory) return;
      filled = 0;
      onDone((done += 1));
    }
  };
}

/** How much follows a header until the next one; -1: it is not that of a file, so the directory begins. */
function lengthAfter(header: Uint8Array): number {
  const view = new DataView(header.buffer, header.byteOffset);
  if (view.getUint32(0, true) !== LOCAL_HEADER) return -1;
  return view.getUint32(18, true) + view.getUint16(26, true) + view.getUint16(28, true);
}
