/** What a Word file says of itself: docProps/core.xml and app.xml, both found by their relations. */
import { MAX_NAME_LENGTH, MAX_TITLE_LENGTH } from '#core/limits.ts';
import type { SourceMeta } from '#core/source-meta.ts';
import { momentOf } from './moment.ts';
import type { WordPackage } from './package.ts';
import { charactersOf, childOf, type XmlElement } from './xml.ts';

export interface FileProperties {
  readonly title: string | null;
  readonly meta: SourceMeta;
}

/** `language` is that of the document's styles, for files that do not say theirs. */
export function readProperties(pkg: WordPackage, language: string | null): FileProperties {
  const core = root(pkg, 'core-properties');
  const app = root(pkg, 'extended-properties') ?? root(pkg, 'extendedProperties');
  const say = (element: XmlElement | null, name: string, most: number): string | null => {
    const found = childOf(element, name);
    return found === null ? null : charactersOf(found).replace(/\s+/g, ' ').trim().slice(0, most) || null;
  };
  return {
    title: say(core, 'dc:title', MAX_TITLE_LENGTH),
    meta: {
      byline: say(core, 'dc:creator', MAX_NAME_LENGTH),
      publishedAt: momentOf(say(core, 'dcterms:created', 40)) ?? momentOf(say(core, 'dcterms:modified', 40)),
      language: tag(say(core, 'dc:language', 40)) ?? tag(language),
      canonicalUrl: null,
      publisher: say(app, 'ep:Company', MAX_NAME_LENGTH),
    },
  };
}

function root(pkg: WordPackage, type: string): XmlElement | null {
  const part = pkg.partOf('', type);
  return part === null ? null : pkg.tree(part);
}

/** BCP 47 as far as its form goes. */
function tag(language: string | null): string | null {
  return language !== null && /^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,4}$/i.test(language) ? language : null;
}
