/** What was left out of a page, counted and put into one sentence: a reader must be able to see what was judged. */
import { furnitureKinds, type FurnitureKind } from './furniture.ts';

/** Words of short parts that are quoted; more would be longer than the article's own head. */
const MAX_QUOTED = 6;
const MAX_QUOTE = 60;

export class LeftOut {
  private readonly counts = new Map<FurnitureKind, number>();
  private readonly short: string[] = [];
  private others = 0;

  add(kind: FurnitureKind, count: number): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + count);
  }

  /** Something small that nothing names. */
  addOther(words: string): void {
    const tidy = words.replace(/\s+/g, ' ').trim();
    if (tidy === '') return;
    this.others += 1;
    if (this.short.length < MAX_QUOTED)
      this.short.push(tidy.length > MAX_QUOTE ? `${tidy.slice(0, MAX_QUOTE)}…` : tidy);
  }

  sentences(): string[] {
    const parts = furnitureKinds.flatMap((kind) => {
      const count = this.counts.get(kind) ?? 0;
      return count === 0 ? [] : [phrase(kind, count)];
    });
    if (this.others > 0) {
      const more = this.others - this.short.length;
      parts.push(
        `${this.others === 1 ? 'a short part' : `${this.others} short parts`} (${this.short.map((words) => `“${words}”`).join(', ')}${more > 0 ? ` and ${more} more` : ''})`,
      );
    }
    return parts.length === 0 ? [] : [`Left out as not part of the article: ${parts.join(', ')}.`];
  }
}

function phrase(kind: FurnitureKind, count: number): string {
  switch (kind) {
    case 'navigation':
      return 'navigation';
    case 'header':
      return 'the page’s header';
    case 'cookies':
      return 'a cookie notice';
    case 'ads':
      return 'advertisements';
    case 'share':
      return 'share buttons';
    case 'related':
      return count === 1 ? 'one related link' : `${count} related links`;
    case 'comments':
      return 'readers’ comments';
    case 'subscribe':
      return 'a sign-up box';
    case 'sidebar':
      return 'a sidebar';
    case 'topics':
      return 'topic links';
    case 'author':
      return 'a note on the author';
    case 'form':
      return 'a form';
    case 'footer':
      return 'the page’s footer';
    case 'hidden':
      return 'hidden words';
  }
}
