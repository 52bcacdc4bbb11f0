/**
 * pdfkit's document with the small objects packed together: a report has tens of thousands of annotations and
 * structure elements, which pdfkit writes one by one, uncompressed, with 20 bytes each in a table of places.
 * Here all that is no stream goes into object streams, and the table is a stream too (ISO 32000-1, 7.5.7 and
 * 7.5.8): a fifth of the size. It hangs on what pdfkit 0.20.2 writes for an object: its head, its value, perhaps
 * a stream, its end; the version is pinned and the tests read the files with two other programs.
 */
import PDFDocument, { type PdfReference } from 'pdfkit';

/** Of one object stream: enough to compress well, few enough to read one without reading all. */
const OBJECTS_PER_STREAM = 400;
/** Object streams are of 1.5, what the structure's elements are called of 1.7. */
const VERSION = '%PDF-1.7';
const head = /^(\d+) 0 obj$/;
const FREE = 0;
const PLAIN = 1;
const PACKED = 2;

interface PackedPlace {
  readonly stream: number;
  readonly index: number;
}

export class PackedDocument extends PDFDocument {
  #held: string[] = [];
  #packing: { readonly id: number; readonly value: string }[] = [];
  readonly #places = new Map<number, PackedPlace>();
  #current: number | null = null;

  get catalog(): Record<string, unknown> {
    return this._root.data;
  }

  get names(): Record<string, unknown> {
    return this._root.data.Names.data;
  }

  /** A number for an object that `put` gives its value later, or never. */
  reserve(): number {
    return this._offsets.push(null);
  }

  /** An object that is written already, past pdfkit: a tenth of its time, for those that come by the thousand. */
  put(id: number, value: string): void {
    this.#packing.push({ id, value });
    if (this.#packing.length >= OBJECTS_PER_STREAM) this.#writePacked();
  }

  protected override _write(data: string | Uint8Array): void {
    // pdfkit's constructor writes the head of the file before there is anything of ours.
    if (!(#current in this))
      super._write(typeof data === 'string' && data.startsWith('%PDF-') ? VERSION : data);
    else if (typeof data === 'string') this.#sort(data);
    else super._write(data);
  }

  #sort(data: string): void {
    if (this.#current === null) {
      const id = head.exec(data)?.[1];
      if (id === undefined) super._write(data);
      else {
        this.#current = Number(id);
        this.#held = [data];
      }
      return;
    }
    if (data === 'endobj' && this.#held.length > 0) this.#pack();
    else if (data === 'stream') {
      for (const line of this.#held) super._write(line);
      this.#held = [];
      super._write(data);
    } else if (this.#held.length > 0) this.#held.push(data);
    else super._write(data);
    if (data === 'endobj') this.#current = null;
  }

  #pack(): void {
    const value = this.#held.slice(1).join('\n');
    const id = this.#current ?? 0;
    this.#held = [];
    this.#current = null;
    this.put(id, value);
  }

  #writePacked(): void {
    const objects = this.#packing;
    this.#packing = [];
    const stream = this.ref();
    const places: string[] = [];
    let body = '';
    objects.forEach(({ id, value }, index) => {
      places.push(`${id} ${body.length}`);
      body += `${value}\n`;
      this.#places.set(id, { stream: stream.id, index });
    });
    const first = `${places.join(' ')}\n`;
    Object.assign(stream.data, { Type: 'ObjStm', N: objects.length, First: first.length });
    stream.end(Buffer.from(first + body, 'latin1'));
  }

  protected override _finalize(): void {
    this._ended = false;
    if (this.#packing.length > 0) this.#writePacked();
    this.#writeTable();
    this.push(null);
  }

  /** The table of places: type, offset or stream, index; with the trailer's entries in its dictionary. */
  #writeTable(): void {
    const table: PdfReference = this.ref();
    const count = this._offsets.length + 1;
    const rows = Buffer.alloc(7 * count);
    rows[0] = FREE;
    rows.writeUInt16BE(0xffff, 5);
    for (let id = 1; id < count; id++) {
      const packed = this.#places.get(id);
      const offset = id === table.id ? this._offset : (this._offsets[id - 1] ?? 0);
      rows[7 * id] = packed !== undefined ? PACKED : offset > 0 ? PLAIN : FREE;
      rows.writeUInt32BE(packed?.stream ?? offset, 7 * id + 1);
      rows.writeUInt16BE(packed?.index ?? 0, 7 * id + 5);
    }
    const start = this._offset;
    Object.assign(table.data, {
      Type: 'XRef',
      Size: count,
      W: [1, 4, 2],
      Root: this._root,
      Info: this._info,
      ID: [this._id, this._id],
    });
    table.end(rows);
    super._write('startxref');
    super._write(String(start));
    super._write('%%EOF');
  }
}

/** The whole file, when pdfkit has written the last of it; bytes of its own, that another thread can be given. */
export async function bytesOf(document: PDFDocument): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  for await (const part of document) if (part instanceof Uint8Array) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}
