/**
 * Breaks a report into pages. It is given items (a line, a row of a table, a figure) from top to bottom, each with
 * its height, the gap above it, and whether it must stay with the one before. A page is full when an item has no
 * room: then it ends at the last place before where a break is allowed, and the rest begins the next one.
 * So a heading stays with its text, a paragraph leaves no line alone, a row of a table is whole.
 */
export interface FlowItem {
  readonly height: number;
  /** Space above it; nothing at the top of a page. */
  readonly gap: number;
  /** No page ends between it and the item before. */
  readonly isGlued: boolean;
  /** Draws with its top at `top`; `gap` is what was left free above it. */
  draw(top: number, gap: number): void;
  /** What is repeated above it when it begins a page. */
  readonly repeated?: readonly FlowItem[];
  /** It begins a page. */
  readonly beginsPage?: boolean;
}

export interface FlowFrame {
  readonly top: number;
  readonly bottom: number;
  /** Called before the first item of a page is drawn. */
  beginPage(): void;
  endPage(): void;
}

export class Flow {
  readonly #frame: FlowFrame;
  #waiting: FlowItem[] = [];
  #used = 0;
  /** How many of those that wait are only repeated: a page is not made of these alone. */
  #repeated = 0;

  constructor(frame: FlowFrame) {
    this.#frame = frame;
  }

  add(...items: readonly FlowItem[]): void {
    for (const item of items) this.#add(item);
  }

  /** Draws what is left. */
  end(): void {
    if (this.#waiting.length > 0) this.#draw(this.#waiting);
    this.#waiting = [];
    this.#used = 0;
    this.#repeated = 0;
  }

  #add(item: FlowItem): void {
    const count = this.#waiting.length;
    const gap = count === 0 ? 0 : item.gap;
    const isFull = this.#used + gap + item.height > this.#frame.bottom - this.#frame.top + 0.01;
    if (count > this.#repeated && item.beginsPage === true) this.#breakBefore(count, item);
    else if (count > this.#repeated && isFull) this.#breakBefore(this.#lastBreak(item), item);
    else this.#place(item, gap);
  }

  #place(item: FlowItem, gap: number): void {
    this.#waiting.push(item);
    this.#used += gap + item.height;
  }

  /** The index of the first item that goes to the next page; all stay where no break is allowed. */
  #lastBreak(next: FlowItem): number {
    if (!next.isGlued) return this.#waiting.length;
    const index = this.#waiting.findLastIndex((item) => !item.isGlued);
    return index > this.#repeated ? index : this.#waiting.length;
  }

  #breakBefore(index: number, next: FlowItem): void {
    const rest = [...this.#waiting.slice(index), { ...next, beginsPage: false }];
    this.#draw(this.#waiting.slice(0, index));
    this.#waiting = [];
    this.#used = 0;
    const repeated = rest[0]?.repeated ?? [];
    this.#repeated = repeated.length;
    repeated.forEach((item, i) => this.#place(item, i === 0 ? 0 : item.gap));
    for (const item of rest) this.#add(item);
  }

  #draw(items: readonly FlowItem[]): void {
    this.#frame.beginPage();
    let top = this.#frame.top;
    items.forEach((item, i) => {
      const gap = i === 0 ? 0 : item.gap;
      top += gap;
      item.draw(top, gap);
      top += item.height;
    });
    this.#frame.endPage();
  }
}
