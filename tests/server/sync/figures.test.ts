/** Figures that a socket brings: what an editor makes is taken, everything else is refused or is harmless. */
import { yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { flatten } from '#core/text/flatten.ts';
import { BODY_ROOT, rationaleSchema, reportSchema } from '#core/text/schema.ts';
import { CLAIM_ID, editing, PlainServer } from '#tests/fuzz/plain-server.ts';
import { changeOf } from './raw-client.ts';
import { rationaleOf } from './sync-world.ts';

const IMAGE = 'a'.repeat(64);

/** How the server takes a figure with these attributes, and the text after it. */
function send(
  attributes: Readonly<Record<string, unknown>>,
  where: (doc: Y.Doc) => Y.XmlFragment = (doc) => doc.getXmlFragment(BODY_ROOT),
  content: readonly (Y.XmlElement | Y.XmlText)[] = [],
): { outcome: string; server: PlainServer } {
  const server = new PlainServer();
  const update = changeOf(server.document.copy(), (doc) => {
    const figure = new Y.XmlElement('figure');
    // Attributes are any JSON, though Yjs types them as strings.
    for (const [name, value] of Object.entries(attributes)) figure.setAttribute(name, value as string);
    figure.insert(0, [...content]);
    where(doc).insert(0, [figure]);
  });
  const trial = server.receive(update, 'ed', editing);
  return { outcome: trial.kind === 'refused' ? trial.code : trial.kind, server };
}

const figureIn = ({ document }: PlainServer) =>
  yXmlFragmentToProseMirrorRootNode(document.doc.getXmlFragment(BODY_ROOT), reportSchema).firstChild;

describe('a figure from a socket', () => {
  it.each([
    ['with everything', { image: IMAGE, alt: 'A map', width: 320, height: 180 }],
    ['of an image that does not exist, without words or size', { image: 'f'.repeat(64), alt: '' }],
    ['without an image, as an editor writes one whose name somebody deleted', { image: '', alt: '' }],
    ['that says nowhere how large it is', { image: IMAGE, alt: 'A map', width: null, height: null }],
  ])('IM90 %s is taken, and read back as it was', (_what, attributes) => {
    const { outcome, server } = send(attributes);
    expect(outcome).toBe('applied');
    expect(figureIn(server)?.toJSON()).toEqual({
      type: 'figure',
      attrs: { width: null, height: null, ...attributes },
    });
    expect(flatten(server.document.doc.getXmlFragment(BODY_ROOT)).text).toBe('The talks lasted 75 minutes.');
  });

  it('IM90 called by what would run in a link is called so, and nothing else', () => {
    const alt = 'javascript:alert(1)"><script>alert(2)</script>';
    const { outcome, server } = send({ image: IMAGE, alt });
    expect(outcome).toBe('applied');
    expect(figureIn(server)?.attrs['alt']).toBe(alt);
  });

  it.each([
    ['an address for a name', { image: 'https://example.org/x.png' }],
    ['a path for a name', { image: '../../members' }],
    ['a name in capitals', { image: 'A'.repeat(64) }],
    ['a name that is no text', { image: 7 }],
    ['a width as text', { image: IMAGE, width: '320' }],
    ['a width of nothing', { image: IMAGE, width: 0 }],
    ['a height wider than any page', { image: IMAGE, height: 20_001 }],
    ['half a pixel', { image: IMAGE, width: 0.5 }],
    ['no words for what it is called', { image: IMAGE, alt: null }],
    ['too many words for what it is called', { image: IMAGE, alt: 'x'.repeat(1_001) }],
    ['a handler', { image: IMAGE, onerror: 'alert(1)' }],
    ['another address', { image: IMAGE, src: 'https://example.org/x.png' }],
  ])('IM90 with %s is refused', (_what, attributes) => {
    expect(send(attributes).outcome).toBe('forbidden_content');
  });

  it('IM90 in a rationale is refused, and so is anything in a figure', () => {
    expect(send({ image: IMAGE, alt: '' }, (doc) => rationaleOf(doc, CLAIM_ID)).outcome).toBe(
      'forbidden_content',
    );
    expect(Object.keys(rationaleSchema.nodes)).not.toContain('figure');
    const body = (doc: Y.Doc) => doc.getXmlFragment(BODY_ROOT);
    expect(send({ image: IMAGE }, body, [new Y.XmlText('words')]).outcome).toBe('forbidden_content');
    expect(send({ image: IMAGE }, body, [new Y.XmlElement('paragraph')]).outcome).toBe('forbidden_content');
  });

  it('IM90 without a name leaves the text readable for everybody', () => {
    const { outcome, server } = send({});
    expect(outcome).toBe('applied');
    expect(figureIn(server)?.attrs).toEqual({ image: '', alt: '', width: null, height: null });
  });
});

it('SY10 a link without an address is refused: no editor could read the words under it', () => {
  const server = new PlainServer();
  const update = changeOf(server.document.copy(), (doc) => {
    const paragraph = doc.getXmlFragment(BODY_ROOT).get(0);
    const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
    if (text instanceof Y.XmlText) text.format(0, 3, { link: {} });
  });
  expect(server.receive(update, 'ed', editing)).toMatchObject({ kind: 'refused', code: 'forbidden_content' });
});
