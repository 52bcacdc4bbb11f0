/**
 * Dates as pages write them into one form: ISO 8601, a date or a moment with its offset. A clock time without an
 * offset says no moment, so only its date is kept. What could be read in two ways (03/04/2026) is not read.
 */

const months: Readonly<Record<string, number>> = {
  january: 1,
  february: 2,
  march: 3,
  april: 4,
  may: 5,
  june: 6,
  july: 7,
  august: 8,
  september: 9,
  october: 10,
  november: 11,
  december: 12,
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  sept: 9,
  oct: 10,
  nov: 11,
  dec: 12,
  januar: 1,
  februar: 2,
  märz: 3,
  mai: 5,
  juni: 6,
  juli: 7,
  oktober: 10,
  dezember: 12,
  janvier: 1,
  février: 2,
  mars: 3,
  avril: 4,
  juin: 6,
  juillet: 7,
  août: 8,
  septembre: 9,
  octobre: 10,
  novembre: 11,
  décembre: 12,
  enero: 1,
  febrero: 2,
  marzo: 3,
  abril: 4,
  mayo: 5,
  junio: 6,
  julio: 7,
  agosto: 8,
  septiembre: 9,
  octubre: 10,
  noviembre: 11,
  diciembre: 12,
};

/** The first that is a date. */
export function isoDate(...candidates: (string | null | undefined)[]): string | null {
  for (const candidate of candidates) {
    const found =
      candidate === null || candidate === undefined ? null : oneDate(candidate.trim().slice(0, 200));
    if (found !== null) return found;
  }
  return null;
}

function oneDate(value: string): string | null {
  const iso =
    /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ]\s*(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d{1,9})?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?/i.exec(
      value,
    );
  if (iso !== null) {
    const [, year, month, day, hour, minute, second = '00', zone] = iso;
    const date = dayOf(Number(year), Number(month), Number(day));
    if (date === null || hour === undefined || zone === undefined) return date;
    if (Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return date;
    return `${date}T${hour}:${minute}:${second}${offsetOf(zone)}`;
  }
  // The form of mail and HTTP headers: "Tue, 03 Mar 2026 10:15:00 +0100".
  if (/^[a-z]{3},? \d{1,2} [a-z]{3} \d{4} \d\d:\d\d(:\d\d)? ([+-]\d{4}|GMT|UTC)$/i.test(value)) {
    const at = Date.parse(value);
    return Number.isNaN(at) ? null : new Date(at).toISOString().replace('.000Z', 'Z');
  }
  return inWords(value);
}

function inWords(value: string): string | null {
  const dayFirst =
    /\b(\d{1,2})(?:st|nd|rd|th|\.|er)?\s+(?:de\s+)?(\p{L}{3,12})\.?,?\s+(?:de\s+)?(\d{4})\b/u.exec(value);
  const monthFirst = /(?:^|[^\p{L}])(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b/u.exec(value);
  const eastern = /(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]/u.exec(value);
  if (eastern !== null) return dayOf(Number(eastern[1]), Number(eastern[2]), Number(eastern[3]));
  const [day, name, year] =
    dayFirst !== null
      ? [dayFirst[1], dayFirst[2], dayFirst[3]]
      : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]];
  const month = months[(name ?? '').toLowerCase()];
  return month === undefined ? null : dayOf(Number(year), month, Number(day));
}

function dayOf(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= 1000 ? date.toISOString().slice(0, 10) : null;
}

function offsetOf(zone: string): string {
  if (/^(z|utc|gmt)$/i.test(zone)) return 'Z';
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return `${zone.charAt(0)}${digits.slice(0, 2)}:${digits.slice(2)}`;
}
