/**
 * What a paste brought: its plain text to look at and edit, and its HTML when that holds structure worth keeping.
 * The HTML is only ever sent to the server, which sanitises it; it is never put into this page.
 */
export interface Pasted {
  text: string;
  html: string | null;
}

/** What the dialog holds before it is sent: files, or else what was pasted. */
export interface ImportDraft {
  pasted: Pasted;
  files: File[];
}

export const emptyDraft: ImportDraft = { pasted: { text: '', html: null }, files: [] };

const structure = /<(h[1-6]|ul|ol|blockquote|table|a\s[^>]*href|strong|b|em|i)\b/i;

export function pastedFrom(data: Pick<DataTransfer, 'getData'>): Pasted {
  const html = data.getData('text/html');
  return { text: data.getData('text/plain'), html: structure.test(html) ? html : null };
}

/** Only an address, as people paste by mistake. */
export function isBareAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text.trim());
}
