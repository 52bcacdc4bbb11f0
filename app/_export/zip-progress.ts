/**
 * Counts the files of a zip as it streams by, without unpacking them: the n-th is complete when the next one begins.
 */
import { Unzip, type UnzipDecoder } from 'fflate';

/** Takes bytes and lets them go; the default would hold them. */
function discards(compression: number) {
  return class implements UnzipDecoder {
    static readonly compression = compression;
    ondata: UnzipDecoder['ondata'] = () => undefined;
    push(): void {
      // The bytes are kept elsewhere, as they came.
    }
  };
}

/** Stored, and deflated. */
const KINDS = [0, 8];

/** Call the answer with each chunk; `onDone` gets how many files are complete. */
export function countFiles(onDone: (done: number) => void): (chunk: Uint8Array) => void {
  let begun = 0;
  const unzip = new Unzip((file) => {
    file.ondata = () => undefined;
    file.start();
    begun += 1;
    if (begun > 1) onDone(begun - 1);
  });
  for (const kind of KINDS) unzip.register(discards(kind));
  return (chunk) => unzip.push(chunk);
}
