/**
 * The package inside the archive: what each part is ([Content_Types].xml) and how parts refer to one another
 * (_rels). The main part is found by these, never by its usual name. Relationship types are known by their last
 * word, which the strict and the transitional standard share.
 */
import { MAX_XML_BYTES } from './limits.ts';
import type { Archive } from './archive.ts';
import { damaged } from './refusals.ts';
import { childrenOf, readXml, readXmlTree, type Wanted, type XmlBudget, type XmlElement } from './xml.ts';

const WORD_MAIN: ReadonlySet<string> = new Set([
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml',
  'application/vnd.ms-word.document.macroenabled.main+xml',
  'application/vnd.ms-word.template.macroenabledtemplate.main+xml',
]);
const CONTENT_TYPES = '[Content_Types].xml';

export interface Relationship {
  readonly id: string;
  /** The last word of its type: `image`, `comments`, `hyperlink`. */
  readonly type: string;
  /** A part's name, or as it stands when `isExternal`. */
  readonly target: string;
  readonly isExternal: boolean;
}

export class WordPackage {
  private readonly budget: XmlBudget = { elements: 0 };
  private readonly overrides = new Map<string, string>();
  private readonly defaults = new Map<string, string>();
  private readonly relationships = new Map<string, readonly Relationship[]>();

  constructor(readonly archive: Archive) {
    const types = this.tree(CONTENT_TYPES);
    if (types === null) return;
    for (const { attributes } of childrenOf(types, 'ct:Override'))
      this.overrides.set(
        (attributes['PartName'] ?? '').replace(/^\/+/, '').toLowerCase(),
        (attributes['ContentType'] ?? '').toLowerCase(),
      );
    for (const { attributes } of childrenOf(types, 'ct:Default'))
      this.defaults.set(
        (attributes['Extension'] ?? '').toLowerCase(),
        (attributes['ContentType'] ?? '').toLowerCase(),
      );
  }

  /** Empty when nothing is said. In small letters. */
  contentType(part: string): string {
    const name = part.toLowerCase();
    return this.overrides.get(name) ?? this.defaults.get(name.slice(name.lastIndexOf('.') + 1)) ?? '';
  }

  /** All content types that the package names. */
  contentTypes(): string[] {
    return [...this.overrides.values(), ...this.defaults.values()];
  }

  /** The name of the part with the text; null when this is no Word file. */
  mainPart(): string | null {
    const named = this.relationsOf('').find(
      ({ type, isExternal }) => type === 'officeDocument' && !isExternal,
    );
    if (named !== undefined && WORD_MAIN.has(this.contentType(named.target))) return named.target;
    return this.archive.names.find((name) => WORD_MAIN.has(this.contentType(name))) ?? null;
  }

  /** What a part refers to; of the package itself for the empty name. */
  relationsOf(part: string): readonly Relationship[] {
    const known = this.relationships.get(part);
    if (known !== undefined) return known;
    const slash = part.lastIndexOf('/') + 1;
    const name = `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
    const root = this.tree(name);
    const list =
      root === null ? [] : childrenOf(root, 'rel:Relationship').map((each) => relation(each, part));
    this.relationships.set(part, list);
    return list;
  }

  /** The first part that `part` refers to in this way and that is there. */
  partOf(part: string, type: string): string | null {
    const found = this.relationsOf(part).find(
      (each) => each.type === type && !each.isExternal && this.archive.has(each.target),
    );
    return found?.target ?? null;
  }

  /** A part of XML as a tree; null when it is absent. */
  tree(part: string): XmlElement | null {
    const bytes = this.archive.read(part, MAX_XML_BYTES);
    return bytes === null ? null : readXmlTree(bytes, part, this.budget);
  }

  /** A part of XML element by element, see `readXml`. */
  stream(part: string, wanted: Wanted, take: (element: XmlElement) => void): void {
    const bytes = this.archive.read(part, MAX_XML_BYTES);
    if (bytes === null) throw damaged(`its part “${part.slice(0, 80)}” is missing`);
    readXml(bytes, part, this.budget, wanted, take);
  }
}

function relation({ attributes }: XmlElement, part: string): Relationship {
  const type = attributes['Type'] ?? '';
  const target = attributes['Target'] ?? '';
  const isExternal = attributes['TargetMode']?.toLowerCase() === 'external';
  return {
    id: attributes['Id'] ?? '',
    type: type.slice(type.lastIndexOf('/') + 1),
    target: isExternal ? target : resolved(target, part),
    isExternal,
  };
}

/** A part's name from a target that is relative to the part that says it. What leads out of the file stays at its root. */
function resolved(target: string, part: string): string {
  const path = unescaped(target.replaceAll('\\', '/').replace(/[?#].*$/s, ''));
  const from = path.startsWith('/') ? [] : part.split('/').slice(0, -1);
  const steps: string[] = [...from];
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a lone per cent sign: the name is as it stands
  }
}
