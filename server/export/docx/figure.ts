/** Figures: an image in a line of its own, no wider than the column; without bytes that Word can show, its words. */
import type { OfficePackage, Relations } from '../office/package.ts';
import { escapeXml } from '../office/xml.ts';
import { a, pic, pictureAddress, relationTypes, wp } from './namespaces.ts';

export interface FigureImage {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Word shows these in every version; WebP in none before 2021. */
const extensions: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/gif': 'gif',
};
/** English Metric Units of a pixel (at 96 an inch) and of a twentieth of a point. */
const EMU_PER_PIXEL = 9_525;
const EMU_PER_TWIP = 635;
/** Higher than this, a figure would not fit on a page: twentieths of a point. */
const MAX_HEIGHT = 11_000;
/** Word's limit for the words that stand for an image is higher; a screen reader's patience is not. */
const MAX_ALT_LENGTH = 1_000;

export class Figures {
  readonly #office: OfficePackage;
  readonly #relations: Relations;
  readonly #files = new Map<string, string>();
  #drawings = 0;

  constructor(office: OfficePackage, relations: Relations) {
    this.#office = office;
    this.#relations = relations;
  }

  /** A run with the image; null when Word cannot show it. `name` is the SHA-256, `column` is in twentieths of a point. */
  run(name: string, alt: string, image: FigureImage, column: number): string | null {
    const extension = extensions[image.mediaType];
    if (extension === undefined || image.width <= 0 || image.height <= 0) return null;
    const id = this.#relationTo(name, extension, image);
    this.#drawings += 1;
    const { width, height } = fitted(image, column);
    const size = `cx="${width}" cy="${height}"`;
    const named = `id="${this.#drawings}" name="Figure ${this.#drawings}" descr="${escapeXml(alt.slice(0, MAX_ALT_LENGTH).replace(/\s+/g, ' '))}"`;
    return `<w:r><w:drawing><wp:inline ${wp} distT="0" distB="0" distL="0" distR="0"><wp:extent ${size}/><wp:docPr ${named}/><wp:cNvGraphicFramePr><a:graphicFrameLocks ${a} noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic ${a}><a:graphicData uri="${pictureAddress}"><pic:pic ${pic}><pic:nvPicPr><pic:cNvPr id="${this.#drawings}" name="Figure ${this.#drawings}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${id}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
  }

  #relationTo(name: string, extension: string, image: FigureImage): string {
    const known = this.#files.get(name);
    if (known !== undefined) return known;
    const file = `media/image${this.#files.size + 1}.${extension}`;
    this.#office.addFile(`word/${file}`, image.mediaType, image.bytes);
    const id = this.#relations.to(relationTypes.image, file);
    this.#files.set(name, id);
    return id;
  }
}

function fitted({ width, height }: FigureImage, column: number): { width: number; height: number } {
  const scale = Math.min(
    1,
    (column * EMU_PER_TWIP) / (width * EMU_PER_PIXEL),
    (MAX_HEIGHT * EMU_PER_TWIP) / (height * EMU_PER_PIXEL),
  );
  const emu = (pixels: number): number => Math.max(1, Math.round(pixels * EMU_PER_PIXEL * scale));
  return { width: emu(width), height: emu(height) };
}
