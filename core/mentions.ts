/** Mentions in a comment's body: `@[name](member:ID)`. */
const MENTION = /@\[([^\]\n]{1,200})\]\(member:([0-9a-f-]{36})\)/gi;

export type CommentPart =
  | { kind: 'text'; text: string }
  | { kind: 'mention'; name: string; memberId: string };

/** The body cut into plain text and mentions, in order; joined they say the whole body. */
export function commentParts(body: string): CommentPart[] {
  const parts: CommentPart[] = [];
  let from = 0;
  for (const match of body.matchAll(MENTION)) {
    if (match.index > from) parts.push({ kind: 'text', text: body.slice(from, match.index) });
    parts.push({ kind: 'mention', name: match[1] ?? '', memberId: (match[2] ?? '').toLowerCase() });
    from = match.index + match[0].length;
  }
  if (from < body.length) parts.push({ kind: 'text', text: body.slice(from) });
  return parts;
}

export function mentionedMembers(body: string): string[] {
  const ids = commentParts(body).flatMap((part) => (part.kind === 'mention' ? [part.memberId] : []));
  return [...new Set(ids)];
}

/** As people read it: `@Name` where the body has a mention. `nameOf` says what somebody is called there. */
export function plainComment(
  body: string,
  nameOf: (member: { id: string; name: string }) => string = ({ name }) => name,
): string {
  return commentParts(body)
    .map((part) => (part.kind === 'text' ? part.text : `@${nameOf({ id: part.memberId, name: part.name })}`))
    .join('');
}

export function mentionOf(member: { id: string; name: string }): string {
  return `@[${member.name.replaceAll(/[\][\n]/g, ' ')}](member:${member.id})`;
}
