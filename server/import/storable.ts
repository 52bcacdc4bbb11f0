/** Text from outside as a database and UTF-8 can hold it: no zero characters, no half of a pair. */
export function storable(text: string): string {
  return text
    .replaceAll('\0', '')
    .replaceAll(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}
