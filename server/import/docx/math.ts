/**
 * An equation (Office Math) as one line of text. Structure that carries meaning is written out, since "1/2" without
 * its stroke would be another number: fractions, powers, roots, brackets, matrices.
 */
import { childOf, childrenOf, charactersOf, elementsOf, type XmlElement } from './xml.ts';

export function mathText(element: XmlElement | null): string {
  if (element === null) return '';
  switch (element.name) {
    case 'm:t':
    case 'w:t':
      return charactersOf(element);
    case 'm:f':
      return `${grouped(part(element, 'm:num'))}/${grouped(part(element, 'm:den'))}`;
    case 'm:sSup':
      return `${part(element, 'm:e')}^${grouped(part(element, 'm:sup'))}`;
    case 'm:sSub':
      return `${part(element, 'm:e')}_${grouped(part(element, 'm:sub'))}`;
    case 'm:sSubSup':
    case 'm:sPre':
      return `${part(element, 'm:e')}_${grouped(part(element, 'm:sub'))}^${grouped(part(element, 'm:sup'))}`;
    case 'm:rad':
      return `${degree(part(element, 'm:deg'))}√${grouped(part(element, 'm:e'))}`;
    case 'm:d':
      return bracketed(element);
    case 'm:nary':
      return nary(element);
    case 'm:m':
      return `[${childrenOf(element, 'm:mr')
        .map((row) => childrenOf(row, 'm:e').map(inside).join(', '))
        .join('; ')}]`;
    case 'm:eqArr':
      return childrenOf(element, 'm:e').map(inside).join('; ');
    default:
      return element.name.endsWith('Pr') ? '' : inside(element);
  }
}

function inside(element: XmlElement): string {
  return elementsOf(element).map(mathText).join('');
}

function part(element: XmlElement, name: string): string {
  const found = childOf(element, name);
  return found === null ? '' : inside(found);
}

/** In brackets unless it is one number or word. */
function grouped(text: string): string {
  return text === '' || /^[\p{L}\p{N}.,]+$/u.test(text) ? text : `(${text})`;
}

function degree(text: string): string {
  return text === '' ? '' : `${grouped(text)}`;
}

function bracketed(element: XmlElement): string {
  const sign = (name: string, usual: string): string => property(element, 'm:dPr', name) ?? usual;
  const parts = childrenOf(element, 'm:e').map(inside);
  return `${sign('m:begChr', '(')}${parts.join(sign('m:sepChr', '|'))}${sign('m:endChr', ')')}`;
}

function nary(element: XmlElement): string {
  const sub = part(element, 'm:sub');
  const sup = part(element, 'm:sup');
  const sign = property(element, 'm:naryPr', 'm:chr') ?? '∫';
  return `${sign}${sub === '' ? '' : `_${grouped(sub)}`}${sup === '' ? '' : `^${grouped(sup)}`} ${part(element, 'm:e')}`;
}

function property(element: XmlElement, properties: string, name: string): string | null {
  return childOf(childOf(element, properties), name)?.attributes['m:val'] ?? null;
}
