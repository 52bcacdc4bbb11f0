/** Times in Word files: `w:date` and Dublin Core. A time without a zone counts as UTC, since nothing tells which. */

/** ISO 8601 in UTC; null for what is no time (some programs write the year 0). */
export function momentOf(value: string | null): string | null {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(
    value?.trim() ?? '',
  );
  if (parts === null) return null;
  const [, day = '', time = '00:00', zone = 'Z'] = parts;
  const moment = new Date(`${day}T${time}${zone}`);
  if (Number.isNaN(moment.getTime()) || moment.getUTCFullYear() < 1970) return null;
  return moment.toISOString();
}
