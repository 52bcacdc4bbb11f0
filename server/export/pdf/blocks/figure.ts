/**
 * Figures: as wide as they were or as there is room, whole on one page, with their description for readers who do
 * not see them. One without bytes, or of a kind that PDF does not have, is its description alone.
 */
import type { ExportBlock } from '#core/export/runs.ts';
import { figureOf, figureWords, type Figure as AboutFigure } from '#core/text/figures.ts';
import { embedImage, type EmbeddedImage } from '../file/images.ts';
import { StructureElement } from '../file/structure.ts';
import { cleanText, numbers } from '../file/values.ts';
import { captionLook, frame, noteLine, softInk, variant } from '../look.ts';
import { plainly } from '../page/belonging.ts';
import type { FlowItem } from '../page/flow.ts';
import type { Pages } from '../page/pages.ts';
import type { Press } from '../press.ts';
import type { Setting } from './block-setter.ts';
import { drawBars, textItems } from './text-block.ts';

/** The bytes of an image by its name; null when they are not there. */
export class FigureImages {
  readonly #bytesOf: (name: string) => Uint8Array | null;
  readonly #embedded = new Map<string, EmbeddedImage | null>();

  constructor(bytesOf: (name: string) => Uint8Array | null) {
    this.#bytesOf = bytesOf;
  }

  get({ document }: Press, name: string): EmbeddedImage | null {
    let image = this.#embedded.get(name);
    if (image === undefined) {
      const bytes = this.#bytesOf(name);
      image = bytes === null ? null : embedImage(document, bytes);
      this.#embedded.set(name, image);
    }
    return image;
  }
}

/** CSS pixels are three quarters of a point. */
const POINTS_PER_PIXEL = 0.75;
/** Leaves room for a heading above and some lines below. */
const MAX_HEIGHT = (frame.bottom - frame.top) * 0.62;

interface Figure {
  readonly block: ExportBlock;
  readonly setting: Setting;
  readonly isGlued: boolean;
}

export function figureItems(press: Press, pages: Pages, images: FigureImages, figure: Figure): FlowItem[] {
  const { setting, isGlued } = figure;
  const { place, theme } = setting;
  const about = figureOf(figure.block.attrs);
  const alt = cleanText(about.alt).trim();
  const image = images.get(press, about.image);
  if (image === null) return wordsOnly(press, pages, figure, figureWords(alt));
  const { width, height } = sizeOf(about, image, place.right - place.left);
  const picture: FlowItem = {
    height: height + 4,
    gap: theme.gap + 4,
    isGlued,
    draw: (top, gap) => {
      const { canvas } = pages;
      drawBars(pages, place.bars, { top, gap, height });
      const box = [place.left, canvas.up(top + height), place.left + width, canvas.up(top)];
      const element = new StructureElement('Figure', setting.parent, {
        alt: alt === '' ? 'Image' : alt,
        box,
      });
      const label = `I${about.image.slice(0, 16)}`;
      canvas.page.xobjects[label] ??= image.reference;
      const [a, b, c, d, e, f] = image.matrix;
      const matrix = numbers(a * width, b * height, c * width, d * height, e * width, f * height);
      canvas.inside(element, () => canvas.at(place.left, top + height, `${matrix} cm /${label} Do`));
    },
  };
  return [picture, ...caption(press, pages, setting, alt)];
}

/** What the image is called, below it: for the eye, since readers say it with the image. */
function caption(press: Press, pages: Pages, { place, theme }: Setting, alt: string): FlowItem[] {
  if (alt === '') return [];
  const parts = [{ text: alt, look: captionLook, about: plainly(new StructureElement('Span', null)) }];
  const items = textItems(press, pages, {
    parts,
    place,
    line: Math.min(noteLine, theme.line),
    gap: 2,
    isGlued: true,
    isWhole: true,
  });
  return items.map((item) => ({
    ...item,
    draw: (top, gap) => pages.withoutStructure(() => item.draw(top, gap)),
  }));
}

function wordsOnly(press: Press, pages: Pages, { setting, isGlued }: Figure, text: string): FlowItem[] {
  const { place, theme, parent } = setting;
  const element = new StructureElement('P', parent);
  const look = variant(theme.look, { colour: softInk, isItalic: true });
  const parts = [{ text, look, about: plainly(element) }];
  return textItems(press, pages, { parts, place, line: theme.line, gap: theme.gap, isGlued });
}

function sizeOf(figure: AboutFigure, image: EmbeddedImage, room: number): { width: number; height: number } {
  const ratio = image.height / image.width;
  const wanted = figure.width !== null && figure.width > 0 ? figure.width : image.width;
  const width = Math.min(wanted * POINTS_PER_PIXEL, room, MAX_HEIGHT / ratio);
  return { width, height: width * ratio };
}
