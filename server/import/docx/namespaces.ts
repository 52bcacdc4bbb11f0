/**
 * One short name for each namespace that Word files use, whichever prefix a file gives it and whether it keeps to
 * the strict or the transitional standard. What is in no known namespace is called `?:name`.
 */
const OOXML = 'http://schemas.openxmlformats.org/';
const STRICT = 'http://purl.oclc.org/ooxml/';
const MICROSOFT = 'http://schemas.microsoft.com/office/';

const shortNames: ReadonlyMap<string, string> = new Map([
  [`${OOXML}wordprocessingml/2006/main`, 'w'],
  [`${STRICT}wordprocessingml/main`, 'w'],
  [`${OOXML}officeDocument/2006/relationships`, 'r'],
  [`${STRICT}officeDocument/relationships`, 'r'],
  [`${OOXML}drawingml/2006/main`, 'a'],
  [`${STRICT}drawingml/main`, 'a'],
  [`${OOXML}drawingml/2006/wordprocessingDrawing`, 'wp'],
  [`${STRICT}drawingml/wordprocessingDrawing`, 'wp'],
  [`${OOXML}drawingml/2006/picture`, 'pic'],
  [`${STRICT}drawingml/picture`, 'pic'],
  [`${OOXML}drawingml/2006/chart`, 'c'],
  [`${STRICT}drawingml/chart`, 'c'],
  [`${OOXML}drawingml/2006/diagram`, 'dgm'],
  [`${STRICT}drawingml/diagram`, 'dgm'],
  [`${OOXML}officeDocument/2006/math`, 'm'],
  [`${STRICT}officeDocument/math`, 'm'],
  [`${OOXML}officeDocument/2006/extended-properties`, 'ep'],
  [`${STRICT}officeDocument/extendedProperties`, 'ep'],
  [`${OOXML}markup-compatibility/2006`, 'mc'],
  [`${OOXML}package/2006/relationships`, 'rel'],
  [`${OOXML}package/2006/content-types`, 'ct'],
  [`${OOXML}package/2006/metadata/core-properties`, 'cp'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ['http://purl.org/dc/terms/', 'dcterms'],
  [`${MICROSOFT}word/2010/wordml`, 'w14'],
  [`${MICROSOFT}word/2012/wordml`, 'w15'],
  // As Word 2013 wrote it before it was released; such files are still about.
  [`${MICROSOFT}word/2010/11/wordml`, 'w15'],
  [`${MICROSOFT}word/2016/wordml/cid`, 'w16cid'],
  [`${MICROSOFT}word/2018/wordml/cex`, 'w16cex'],
  [`${MICROSOFT}word/2010/wordprocessingShape`, 'wps'],
  [`${MICROSOFT}word/2010/wordprocessingGroup`, 'wpg'],
  [`${MICROSOFT}word/2010/wordprocessingCanvas`, 'wpc'],
  [`${MICROSOFT}word/2010/wordprocessingDrawing`, 'wp14'],
  [`${MICROSOFT}drawing/2010/main`, 'a14'],
  ['urn:schemas-microsoft-com:vml', 'v'],
  ['urn:schemas-microsoft-com:office:office', 'o'],
  ['http://www.w3.org/XML/1998/namespace', 'xml'],
  ['https://proofdesk.dev/ns/docx', 'pd'],
]);

const usualPrefixes: ReadonlySet<string> = new Set(shortNames.values());

/** Prefixes in force at one element. Names are worked out once for each scope, since a file repeats few of them. */
export class NamespaceScope {
  private readonly elements = new Map<string, string>();
  private readonly attributes = new Map<string, string>();
  private readonly prefixes: ReadonlyMap<string, string>;
  /** Whether attributes are called here as they are written, as in most files: then nothing needs to be looked up. */
  readonly isUsual: boolean;

  constructor(prefixes: ReadonlyMap<string, string>) {
    this.prefixes = prefixes;
    this.isUsual = [...prefixes].every(
      ([prefix, name]) => prefix === '' || prefix === name || (name === '?' && !usualPrefixes.has(prefix)),
    );
  }

  static readonly root = new NamespaceScope(new Map([['xml', 'xml']]));

  /** The scope inside an element that declares namespaces; `declared` maps `xmlns…` attributes to addresses. */
  with(declared: ReadonlyMap<string, string>): NamespaceScope {
    const prefixes = new Map(this.prefixes);
    for (const [attribute, uri] of declared)
      prefixes.set(attribute === 'xmlns' ? '' : attribute.slice(6), shortNames.get(uri) ?? '?');
    return new NamespaceScope(prefixes);
  }

  element(name: string): string {
    return remembered(this.elements, name, () => this.named(name, this.prefixes.get('') ?? '?'));
  }

  /** An attribute without a prefix is in no namespace and keeps its bare name. */
  attribute(name: string): string {
    return remembered(this.attributes, name, () => (name.includes(':') ? this.named(name, '?') : name));
  }

  /** Whether a prefix leads to a namespace that is known here (for `mc:Choice Requires`). */
  knows(prefix: string): boolean {
    return (this.prefixes.get(prefix) ?? '?') !== '?';
  }

  private named(name: string, unprefixed: string): string {
    const colon = name.indexOf(':');
    if (colon < 0) return `${unprefixed}:${name}`;
    return `${this.prefixes.get(name.slice(0, colon)) ?? '?'}:${name.slice(colon + 1)}`;
  }
}

/** Names that a hostile file makes up are worked out anew each time rather than kept. */
const MAX_REMEMBERED = 2_000;

function remembered(known: Map<string, string>, name: string, work: () => string): string {
  const before = known.get(name);
  if (before !== undefined) return before;
  const made = work();
  if (known.size < MAX_REMEMBERED) known.set(name, made);
  return made;
}
