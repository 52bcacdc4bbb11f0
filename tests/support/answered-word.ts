/** What somebody in Word does to a file that went out from here: answers a comment. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const PARA_ID = '7A00000A';

/** The file with an answer by `author` under the comment that says `to`. */
export function answered(
  file: Uint8Array,
  { to, author, words }: { to: string; author: string; words: string },
): Uint8Array {
  const parts = unzipSync(file);
  const edit = (name: string, change: (xml: string) => string): void => {
    const part = parts[name];
    if (part === undefined) throw new Error(`the file has no ${name}`);
    const before = strFromU8(part);
    const after = change(before);
    if (after === before) throw new Error(`nothing to change in ${name}`);
    parts[name] = strToU8(after);
  };
  const comments = strFromU8(parts['word/comments.xml'] ?? new Uint8Array());
  const under = comments.split('</w:comment>').find((comment) => comment.includes(to));
  const parent = [...(under ?? '').matchAll(/w14:paraId="(\w+)"/g)].at(-1)?.[1];
  if (parent === undefined) throw new Error(`no comment says “${to}”`);
  const number =
    1 + Math.max(...[...comments.matchAll(/<w:comment w:id="(\d+)"/g)].map(([, id]) => Number(id)));
  const answer =
    `<w:comment w:id="${number}" w:author="${author}" w:date="2026-11-20T09:00:00Z" w:initials="A">` +
    `<w:p w14:paraId="${PARA_ID}"><w:r><w:t>${words}</w:t></w:r></w:p></w:comment>`;
  edit('word/comments.xml', (xml) => xml.replace('</w:comments>', `${answer}</w:comments>`));
  edit('word/commentsExtended.xml', (xml) =>
    xml.replace(
      '</w15:commentsEx>',
      `<w15:commentEx w15:paraId="${PARA_ID}" w15:paraIdParent="${parent}" w15:done="0"/></w15:commentsEx>`,
    ),
  );
  return zipSync(parts);
}
