/** Colours of people: carets, avatars. Each carries white text at 4.5:1 or better and none looks like a rating's. */
export const memberColors = [
  '#0b7a6f',
  '#a3146e',
  '#4b6b14',
  '#475569',
  '#6d28d9',
  '#9a3412',
  '#1d4ed8',
  '#86198f',
  '#3f6212',
  '#155e75',
] as const;

/** The colour of the n-th member of a workspace, counted from 0. */
export function memberColor(n: number): string {
  return memberColors[n % memberColors.length] ?? memberColors[0];
}
