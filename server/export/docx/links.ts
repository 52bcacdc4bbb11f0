/** Links around runs. An address that Word would not take leaves the words as they are. */
import { outsideAddress } from '../office/address.ts';
import type { Relations } from '../office/package.ts';
import { relationTypes } from './namespaces.ts';

export function linked(runs: string, href: string, relations: Relations): string {
  const address = outsideAddress(href);
  if (address === null || runs === '') return runs;
  return `<w:hyperlink r:id="${relations.outside(relationTypes.hyperlink, address)}" w:history="1">${runs}</w:hyperlink>`;
}

/** A link to a bookmark of this document. */
export function linkedWithin(runs: string, bookmark: string): string {
  return `<w:hyperlink w:anchor="${bookmark}" w:history="1">${runs}</w:hyperlink>`;
}
