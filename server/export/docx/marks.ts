/** Where remarks begin and end among the words: a range for each, and after its last word the sign that refers to it. */
import type { ExportClaim } from '#core/export/projection.ts';
import type { ExportRun } from '#core/export/runs.ts';
import type { ExportThread } from '#core/export/thread.ts';
import { signOf } from '#core/export/html-look.ts';
import type { Look } from './words.ts';
import type { RemarksBySubject } from './remarks.ts';

/** Light enough to read on and to print. */
const fills: Readonly<Record<ReturnType<typeof signOf>, string>> = {
  true: 'DFEAF8',
  'mostly-true': 'E8F0F9',
  half: 'F6EFD8',
  'mostly-false': 'F9E9DB',
  false: 'FAE1DB',
  other: 'ECE6F5',
  open: 'FFF6D1',
  proposed: 'F0EEE7',
  stale: 'EFEBE4',
  dismissed: 'F5F5F5',
};

export function fillOf(claim: ExportClaim): string {
  return fills[signOf(claim)];
}

/** Several claims on the same words: the one that began first, the longest of those. */
export function lookUnder(claims: readonly ExportClaim[]): Look {
  const [first] = claims;
  return first === undefined ? {} : { fill: fillOf(first) };
}

export class RemarkMarks {
  readonly #remarks: RemarksBySubject;
  readonly #begun = new Set<ExportClaim | ExportThread>();
  #bookmarks = 0;

  constructor(remarks: RemarksBySubject) {
    this.#remarks = remarks;
  }

  before(run: ExportRun): string {
    return [...run.begins, ...run.threadBegins].map((subject) => this.begin(subject)).join('');
  }

  after(run: ExportRun): string {
    return [...run.ends, ...run.threadEnds].map((subject) => this.end(subject)).join('');
  }

  /** A claim also gets a name that links in the document lead to. */
  begin(subject: ExportClaim | ExportThread): string {
    this.#begun.add(subject);
    const name = 'number' in subject ? this.bookmark(bookmarkOf(subject)) : '';
    return `${name}${this.#numbers(subject)
      .map((number) => `<w:commentRangeStart w:id="${number}"/>`)
      .join('')}`;
  }

  end(subject: ExportClaim | ExportThread): string {
    return this.#numbers(subject)
      .map(
        (number) =>
          `<w:commentRangeEnd w:id="${number}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="${number}"/></w:r>`,
      )
      .join('');
  }

  /** Whether it has a range by now: what has none after the text is listed after it. */
  isBegun(subject: ExportClaim | ExportThread): boolean {
    return this.#begun.has(subject);
  }

  /** A place, or all of `inside`, by a name. */
  bookmark(name: string, inside = ''): string {
    const id = this.#bookmarks;
    this.#bookmarks += 1;
    return `<w:bookmarkStart w:id="${id}" w:name="${name}"/>${inside}<w:bookmarkEnd w:id="${id}"/>`;
  }

  #numbers(subject: ExportClaim | ExportThread): number[] {
    return (this.#remarks.get(subject) ?? []).map((remark) => remark.number);
  }
}

export function bookmarkOf(claim: ExportClaim): string {
  return `claim_${claim.number}`;
}
