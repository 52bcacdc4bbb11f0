/** Links people may follow from a report. Everything else (`javascript:`, `data:`) is dropped with its words kept. */
export function isSafeHref(href: string): boolean {
  if (href.length > 4_000) return false;
  return /^(https?:\/\/|mailto:|#)/i.test(href.trim()) && !hasControlCharacter(href);
}

function hasControlCharacter(value: string): boolean {
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) < 0x20) return true;
  return false;
}
