/** What a page has and does not show, as far as its markup says so (style sheets are not read). */

export function isHidden(attributes: Readonly<Record<string, string>>): boolean {
  // `until-found` is hidden only until somebody searches for its words.
  if ('hidden' in attributes && attributes['hidden']?.toLowerCase() !== 'until-found') return true;
  const style = attributes['style'];
  return (
    style !== undefined &&
    /(^|[;\s])(display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-list\s*:\s*ignore)/i.test(
      style,
    )
  );
}
