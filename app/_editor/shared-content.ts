/**
 * The ProseMirror document of a shared fragment, with the mapping that the sync plugin needs (without it its first
 * render replaces everything). An empty fragment shows one empty paragraph, which is not written into it until
 * somebody types.
 */
import type { Node, Schema } from 'prosemirror-model';
import { initProseMirrorDoc, type ProsemirrorBinding } from 'y-prosemirror';
import type * as Y from 'yjs';

export function sharedContent(
  fragment: Y.XmlFragment,
  schema: Schema,
): { doc: Node; mapping: ProsemirrorBinding['mapping'] } {
  const { doc, mapping } = initProseMirrorDoc(fragment, schema);
  return { doc: doc.childCount > 0 ? doc : (schema.topNodeType.createAndFill() ?? doc), mapping };
}
