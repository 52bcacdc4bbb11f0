/** Dates as people and programs write them: ISO 8601 is a date on every machine, all else is words. */

const FORM = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * A day ("2025-12-28", its start in UTC) or a moment with its offset. Null for everything else: a moment without an
 * offset is another one in each time zone, and programs guess differently at other forms.
 */
export function readIsoDate(text: string): Date | null {
  const [, year, month, day] = FORM.exec(text) ?? [];
  const date = new Date(text);
  if (day === undefined || Number.isNaN(date.getTime())) return null;
  // Some engines take the 30th of February for the 2nd of March.
  const midnight = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return midnight.getUTCDate() === Number(day) ? date : null;
}

export function isIsoDate(text: string): boolean {
  return readIsoDate(text) !== null;
}
