/** Puts a font into the PDF: a composite font whose codes lead to glyphs, widths and the text they stand for. */
import type { PdfReference } from 'pdfkit';
import type { CodeTable, FontCode, GlyphPart } from './code-table.ts';
import { subsetFont } from './truetype.ts';

/** What makes an object of the file. */
export interface Objects {
  ref(data?: Record<string, unknown>): PdfReference;
}

const SYMBOLIC = 4;
const ITALIC = 64;
const MAPPINGS_PER_LIST = 100;

/** Fills `target`, which pages point to already, and writes all that hangs on it. */
export function embedFont(objects: Objects, table: CodeTable, target: PdfReference, index: number): void {
  const drawings: (readonly GlyphPart[])[] = [];
  const known = new Map<string, number>();
  const numbers = table.codes.map(({ drawing }) => {
    const key = table.keyOf(drawing);
    const number = known.get(key) ?? drawings.push(drawing) - 1;
    known.set(key, number);
    return number;
  });
  const file = objects.ref();
  const bytes = subsetFont(table.font, drawings);
  file.data['Length1'] = bytes.length;
  file.end(bytes);
  const name = `${tagOf(index)}+${(table.font.postscriptName ?? 'Font').replace(/[^A-Za-z0-9-]/g, '')}`;
  const descendant = objects.ref({
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: name,
    CIDSystemInfo: { Registry: new String('Adobe'), Ordering: new String('Identity'), Supplement: 0 },
    FontDescriptor: descriptorOf(objects, table, name, file),
    W: [0, table.codes.map((code) => code.advance)],
    CIDToGIDMap: glyphMap(objects, numbers),
  });
  descendant.end();
  Object.assign(target.data, {
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: name,
    Encoding: 'Identity-H',
    DescendantFonts: [descendant],
    ToUnicode: unicodeMap(objects, table.codes),
  });
  target.end();
}

/** Six letters that tell subsets of one font apart. */
function tagOf(index: number): string {
  return Array.from({ length: 6 }, (_, i) =>
    String.fromCharCode(65 + (Math.floor(index / 26 ** (5 - i)) % 26)),
  ).join('');
}

function descriptorOf(objects: Objects, { font }: CodeTable, name: string, file: PdfReference): PdfReference {
  const units = (value: number): number => Math.round((value * 1000) / font.unitsPerEm);
  const descriptor = objects.ref({
    Type: 'FontDescriptor',
    FontName: name,
    Flags: font.italicAngle === 0 ? SYMBOLIC : SYMBOLIC | ITALIC,
    FontBBox: [-500, units(font.descent), 2000, units(font.ascent)],
    ItalicAngle: font.italicAngle,
    Ascent: units(font.ascent),
    Descent: units(font.descent),
    CapHeight: units(font.capHeight || font.ascent),
    XHeight: units(font.xHeight || 0),
    StemV: 80,
    FontFile2: file,
  });
  descriptor.end();
  return descriptor;
}

/** Which glyph of the file each code draws. */
function glyphMap(objects: Objects, numbers: readonly number[]): PdfReference {
  const view = new DataView(new ArrayBuffer(2 * numbers.length));
  numbers.forEach((number, code) => view.setUint16(2 * code, number));
  const map = objects.ref();
  map.end(new Uint8Array(view.buffer));
  return map;
}

function unicodeMap(objects: Objects, codes: readonly FontCode[]): PdfReference {
  const lines = codes.map(
    ({ text }, code) =>
      `<${hex(code)}> <${Array.from({ length: text.length }, (_, i) => hex(text.charCodeAt(i))).join('')}>`,
  );
  const lists: string[] = [];
  for (let at = 0; at < lines.length; at += MAPPINGS_PER_LIST) {
    const part = lines.slice(at, at + MAPPINGS_PER_LIST);
    lists.push(`${part.length} beginbfchar\n${part.join('\n')}\nendbfchar`);
  }
  const map = objects.ref();
  map.end(`/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${lists.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`);
  return map;
}

function hex(value: number): string {
  return value.toString(16).padStart(4, '0');
}
