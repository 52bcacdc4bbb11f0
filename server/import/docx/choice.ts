/**
 * `mc:AlternateContent` says the same thing several times for programs of different age. One branch is read: the first
 * whose namespaces are known here, else the fallback.
 */
import { childOf, childrenOf, IS_KNOWN, type XmlElement } from './xml.ts';

export function chosenBranch(element: XmlElement): XmlElement | null {
  const choice = childrenOf(element, 'mc:Choice').find(({ attributes }) => attributes[IS_KNOWN] === '1');
  return choice ?? childOf(element, 'mc:Fallback') ?? childOf(element, 'mc:Choice');
}
