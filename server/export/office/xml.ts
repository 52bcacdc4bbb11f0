/**
 * Text as XML 1.0. What XML has no place for (most controls, half a surrogate pair, U+FFFE and U+FFFF) is left
 * out: one such sign and Word calls the whole file broken.
 */

const unfit = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
const special = /[&<>"\r]/g;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '',
};

/** Fit for XML, not yet escaped. */
export function fitForXml(text: string): string {
  return text.replace(unfit, '');
}

/** For between tags and for attributes in double quotation marks. */
export function escapeXml(text: string): string {
  return fitForXml(text).replace(special, (sign) => entities[sign] ?? '');
}

export const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Cuts without leaving half a pair. */
export function cutAt(text: string, length: number): string {
  if (text.length <= length) return text;
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
