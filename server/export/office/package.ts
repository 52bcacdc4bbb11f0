/**
 * A package as Office keeps its files: parts in a zip, what each part is, and which part leads to which (ECMA-376
 * part 2). Relations number themselves in the order in which they are asked for, and every entry of the zip has the
 * same time, so the same parts give the same bytes on every machine.
 */
import { strToU8, zipSync, type Zippable } from 'fflate';
import { escapeXml, xmlHead } from './xml.ts';

/** What stands in front of the types of relations of ISO 29500's transitional form. */
export const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageNamespace = 'http://schemas.openxmlformats.org/package/2006';

/** The first moment that a zip knows. It is made and read in local time, so it is the same bytes everywhere. */
const ZIP_TIME = new Date(1980, 0, 1);
/** Half of what an export takes is this; a higher level saves a tenth of the size for a third of the time. */
const ZIP_LEVEL = 4;

/** Where one part leads: other parts and addresses, each with an id for use in its XML. */
export class Relations {
  readonly #ids = new Map<string, string>();
  readonly #entries: string[] = [];

  /** `target` is relative to the folder of the part. Asked for again, it is the same relation. */
  to(type: string, target: string): string {
    return this.#id(type, target, '');
  }

  /** An address outside, fit for a URI. */
  outside(type: string, address: string): string {
    return this.#id(type, address, ' TargetMode="External"');
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  toXml(): string {
    return `${xmlHead}<Relationships xmlns="${packageNamespace}/relationships">${this.#entries.join('')}</Relationships>`;
  }

  #id(type: string, target: string, mode: string): string {
    const key = `${type} ${target}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = `rId${this.#ids.size + 1}`;
    this.#ids.set(key, id);
    this.#entries.push(
      `<Relationship Id="${id}" Type="${escapeXml(type)}" Target="${escapeXml(target)}"${mode}/>`,
    );
    return id;
  }
}

export class OfficePackage {
  readonly #parts: [name: string, content: string | Uint8Array][] = [];
  readonly #types: string[] = [];
  /** By extension. */
  readonly #defaults = new Map([
    ['rels', 'application/vnd.openxmlformats-package.relationships+xml'],
    ['xml', 'application/xml'],
  ]);

  /** `name` has no slash in front. */
  addPart(name: string, contentType: string, content: string): void {
    this.#types.push(`<Override PartName="/${name}" ContentType="${contentType}"/>`);
    this.#parts.push([name, content]);
  }

  /** A part whose kind its extension tells. */
  addFile(name: string, contentType: string, content: string | Uint8Array): void {
    this.#defaults.set(name.slice(name.lastIndexOf('.') + 1), contentType);
    this.#parts.push([name, content]);
  }

  /** `part` is what the relations lead from; the empty name is the package itself. */
  addRelations(part: string, relations: Relations): void {
    if (relations.isEmpty) return;
    const slash = part.lastIndexOf('/') + 1;
    this.#parts.push([`${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`, relations.toXml()]);
  }

  toBytes(): Uint8Array {
    const entries: Zippable = { '[Content_Types].xml': strToU8(this.#contentTypes()) };
    for (const [name, content] of this.#parts)
      entries[name] = typeof content === 'string' ? strToU8(content) : content;
    return zipSync(entries, { level: ZIP_LEVEL, mtime: ZIP_TIME });
  }

  #contentTypes(): string {
    const defaults = [...this.#defaults].map(
      ([extension, type]) => `<Default Extension="${extension}" ContentType="${type}"/>`,
    );
    return `${xmlHead}<Types xmlns="${packageNamespace}/content-types">${defaults.join('')}${this.#types.join('')}</Types>`;
  }
}
