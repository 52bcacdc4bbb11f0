/** The names by which pages know the fonts, and the objects that stand for them until they are embedded at the end. */
import type { PdfPage, PdfReference } from 'pdfkit';
import { embedFont, type Objects } from './embed.ts';
import type { CodeTable } from './code-table.ts';

export class FontNames {
  readonly #objects: Objects;
  readonly #known = new Map<CodeTable, { readonly name: string; readonly target: PdfReference }>();

  constructor(objects: Objects) {
    this.#objects = objects;
  }

  nameOf(table: CodeTable, page: PdfPage): string {
    let font = this.#known.get(table);
    if (font === undefined) {
      font = { name: `F${this.#known.size + 1}`, target: this.#objects.ref() };
      this.#known.set(table, font);
    }
    page.fonts[font.name] ??= font.target;
    return font.name;
  }

  embedAll(): void {
    [...this.#known].forEach(([table, { target }], index) => embedFont(this.#objects, table, target, index));
  }
}
