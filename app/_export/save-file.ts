/** Gives files to the browser's downloads. */

/** The server names the file. */
export function saveFrom(address: string): void {
  press(address, '');
}

export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  press(address, name);
  // The browser has taken hold of it by then; at once would be too early for some.
  setTimeout(() => URL.revokeObjectURL(address), RELEASE_AFTER_MS);
}

const RELEASE_AFTER_MS = 60_000;

function press(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
