/**
 * In place of a Buffer for browsers (next.config.ts): lib0 names Node's in the half of a function that only Node
 * runs, and 22 KB of script came with the name.
 */
export const Buffer = undefined;
