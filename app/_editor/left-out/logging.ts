/**
 * In place of lib0/logging in the browser (next.config.ts): all that Yjs says of itself are warnings. Colours in the
 * console took 10 KB of script, among them a library of schemas.
 */
export const [ORANGE, BOLD, UNBOLD, RED] = ['', '', '', ''];

export function print(...words: readonly unknown[]): void {
  console.log(...words.filter((word) => word !== ''));
}

export function warn(...words: readonly unknown[]): void {
  console.warn(...words);
}
