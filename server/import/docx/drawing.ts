/**
 * What is drawn among words: pictures, text boxes, charts, embedded objects, in today's drawings (DrawingML) and in
 * old ones (VML). Pictures become figures, the words of boxes come after the paragraph, the rest is said.
 */
import { figureWords } from '#core/text/figures.ts';
import type { Change } from './changes.ts';
import { chosenBranch } from './choice.ts';
import { NO_MARKS } from './pen.ts';
import type { Size } from './pictures.ts';
import type { Story } from './story.ts';
import { childOf, elementsOf, firstInside, type XmlElement } from './xml.ts';

/** English Metric Units in a CSS pixel. */
const EMU_PER_PIXEL = 9_525;
const PIXELS: Readonly<Record<string, number>> = { px: 1, pt: 96 / 72, in: 96, cm: 96 / 2.54, mm: 96 / 25.4 };

interface Around {
  readonly alt: string;
  readonly size: Size;
}

const NOTHING_SAID: Around = { alt: '', size: { width: null, height: null } };

/** `element` is `w:drawing`, `w:pict` or `w:object`. */
export function readDrawing(story: Story, element: XmlElement, change: Change | null): void {
  if (visit(story, element, NOTHING_SAID, change) === 0) story.losses.add('drawing');
}

/** Answers how many things it met that were taken or said. */
function visit(story: Story, element: XmlElement, around: Around, change: Change | null): number {
  const here = saidOf(element, around);
  switch (element.name) {
    case 'mc:AlternateContent': {
      const branch = chosenBranch(element);
      return branch === null ? 0 : visit(story, branch, here, change);
    }
    case 'a:blip':
      return picture(story, element.attributes['r:embed'] ?? element.attributes['r:link'], here, change);
    case 'v:imagedata':
      return picture(story, element.attributes['r:id'] ?? element.attributes['r:pict'], here, change);
    case 'w:txbxContent':
      return box(story, element, change);
    case 'v:textpath':
      return drawnWords(story, element.attributes['string'] ?? '', change);
    case 'c:chart':
    case 'dgm:relIds':
      story.losses.add('chart', around.alt);
      return 1;
    case 'o:OLEObject':
      story.losses.add('embedded', element.attributes['ProgID'] ?? null);
      return 1;
    default:
      break;
  }
  if (/^(t|true|1)$/.test(element.attributes['o:hr'] ?? '')) {
    story.pen.block(change, () => story.pen.builder.rule());
    return 1;
  }
  return elementsOf(element).reduce((met, child) => met + visit(story, child, here, change), 0);
}

/** The description and size that hold inside `element`. */
function saidOf(element: XmlElement, around: Around): Around {
  if (element.name === 'wp:inline' || element.name === 'wp:anchor') {
    const described = childOf(element, 'wp:docPr')?.attributes ?? {};
    const extent = childOf(element, 'wp:extent')?.attributes ?? {};
    return {
      alt: described['descr'] || described['title'] || '',
      size: { width: pixelsOfEmu(extent['cx']), height: pixelsOfEmu(extent['cy']) },
    };
  }
  if (element.name === 'pic:pic') {
    const own = firstInside(element, 'pic:cNvPr')?.attributes ?? {};
    const extent = childOf(firstInside(element, 'a:xfrm'), 'a:ext')?.attributes ?? {};
    const { width, height } = around.size;
    return {
      alt: around.alt || own['descr'] || own['title'] || '',
      size: { width: pixelsOfEmu(extent['cx']) ?? width, height: pixelsOfEmu(extent['cy']) ?? height },
    };
  }
  if (element.name === 'v:shape' || element.name === 'v:rect') {
    const style = element.attributes['style'] ?? '';
    return {
      alt: element.attributes['alt'] ?? around.alt,
      size: { width: pixelsOfStyle(style, 'width'), height: pixelsOfStyle(style, 'height') },
    };
  }
  return around;
}

function picture(story: Story, id: string | undefined, around: Around, change: Change | null): number {
  if (id === undefined) return 0;
  if (change !== null && change.kind !== 'delete') {
    story.losses.add('insertedThing', around.alt);
    return 1;
  }
  const figure = story.pictures.figure(story.relations.get(id), around.alt, around.size);
  if (figure !== null) story.pen.block(change, () => story.pen.builder.figure(figure));
  else if (around.alt.trim() !== '') story.pen.words(figureWords(around.alt), NO_MARKS, change);
  return 1;
}

function box(story: Story, element: XmlElement, change: Change | null): number {
  if (change !== null && change.kind !== 'delete') story.losses.add('insertedThing');
  else story.pen.later(() => story.readBox(element));
  return 1;
}

/** Words drawn as a picture (WordArt of old files). */
function drawnWords(story: Story, words: string, change: Change | null): number {
  if (words.trim() === '') return 0;
  story.pen.words(words, NO_MARKS, change);
  return 1;
}

function pixelsOfEmu(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,12}$/.test(value) ? Number(value) / EMU_PER_PIXEL : null;
}

function pixelsOfStyle(style: string, name: string): number | null {
  for (const declaration of style.slice(0, 2_000).split(';')) {
    const [property, value] = declaration.split(':');
    if (property?.trim() !== name) continue;
    const size = /^(\d{1,6}(?:\.\d{1,6})?)(px|pt|in|cm|mm)$/.exec(value?.trim() ?? '');
    if (size !== null) return Number(size[1]) * (PIXELS[size[2] ?? ''] ?? 1);
  }
  return null;
}
