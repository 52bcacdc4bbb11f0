/**
 * What the dialog holds before anything is sent. A paste brings its plain text to look at and edit, and its HTML when
 * that holds structure worth keeping. The HTML is only ever sent to the server, which sanitises it; it is never put
 * into this page.
 */
export interface Pasted {
  text: string;
  html: string | null;
}

/** Files and addresses, or else what was pasted. */
export interface ImportDraft {
  pasted: Pasted;
  files: readonly File[];
  addresses: readonly string[];
}

const nothingPasted: Pasted = { text: '', html: null };
export const emptyDraft: ImportDraft = { pasted: nothingPasted, files: [], addresses: [] };

export type ImportSource =
  | { kind: 'file'; file: File }
  | { kind: 'text'; text: string }
  | { kind: 'html'; html: string }
  | { kind: 'url'; url: string };

const structure = /<(h[1-6]|ul|ol|blockquote|table|a\s[^>]*href|strong|b|em|i)\b/i;

export function pastedFrom(data: Pick<DataTransfer, 'getData'>): Pasted {
  const html = data.getData('text/html');
  return { text: data.getData('text/plain'), html: structure.test(html) ? html : null };
}

/** Only an address, as people paste it. */
export function isBareAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text.trim());
}

/** An address as people type it, also without its scheme; null: it is none. */
export function addressFrom(text: string): string | null {
  const typed = text.trim();
  const whole = /^[a-z][a-z\d+.-]*:/i.test(typed) && !/^[^/]+:\d/.test(typed) ? typed : `https://${typed}`;
  if (/\s/.test(typed) || !URL.canParse(whole)) return null;
  const url = new URL(whole);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.hostname.includes('.') ? url.href : null;
}

/** Adds to the draft; a file or an address takes the place of what was pasted. */
export function withFiles(draft: ImportDraft, files: readonly File[]): ImportDraft {
  const known = new Set(draft.files.map(fileKey));
  const fresh = files.filter((file) => !known.has(fileKey(file)));
  return { ...draft, pasted: nothingPasted, files: [...draft.files, ...fresh] };
}

export function withAddress(draft: ImportDraft, address: string): ImportDraft {
  const addresses = draft.addresses.includes(address) ? draft.addresses : [...draft.addresses, address];
  return { ...draft, pasted: nothingPasted, addresses };
}

/** A paste on the page: an address alone means the page behind it. */
export function withPaste(pasted: Pasted): ImportDraft {
  const address = isBareAddress(pasted.text) ? addressFrom(pasted.text) : null;
  return address === null ? { ...emptyDraft, pasted } : withAddress(emptyDraft, address);
}

export function without(draft: ImportDraft, key: string): ImportDraft {
  return {
    ...draft,
    files: draft.files.filter((file) => fileKey(file) !== key),
    addresses: draft.addresses.filter((address) => address !== key),
  };
}

/** What would be imported, in the order in which it was given. */
export function sourcesOf({ pasted, files, addresses }: ImportDraft): ImportSource[] {
  const picked: ImportSource[] = [
    ...files.map((file) => ({ kind: 'file' as const, file })),
    ...addresses.map((url) => ({ kind: 'url' as const, url })),
  ];
  if (picked.length > 0) return picked;
  const text = pasted.text.trim();
  if (text === '') return [];
  const address = isBareAddress(text) ? addressFrom(text) : null;
  if (address !== null) return [{ kind: 'url', url: address }];
  return [pasted.html === null ? { kind: 'text', text: pasted.text } : { kind: 'html', html: pasted.html }];
}

function fileKey(file: File): string {
  return `${file.name}-${file.lastModified}-${file.size}`;
}

/** The same source has the same key; a pasted text that was edited is another. */
export function keyOf(source: ImportSource): string {
  if (source.kind === 'file') return fileKey(source.file);
  if (source.kind === 'url') return source.url;
  return source.kind === 'text' ? `text:${source.text}` : `html:${source.html}`;
}

/** What people know it by. */
export function nameOf(source: ImportSource): string {
  if (source.kind === 'file') return source.file.name;
  return source.kind === 'url' ? source.url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '') : '';
}
