/**
 * Characters of the fonts Symbol and Wingdings, which have codes of their own (0xF020 to 0xF0FF in Word files), as
 * Unicode. After Adobe's Symbol encoding and the Wingdings table of Unicode (L2/12-368), as far as texts use them.
 */

/** From code 0x20 on; a space where the font has nothing that Unicode has. */
const SYMBOL =
  ' !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼ ' +
  '                                ' +
  '€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭';

const WINGDINGS: ReadonlyMap<number, string> = new Map([
  [0x21, '✏'],
  [0x22, '✂'],
  [0x28, '☎'],
  [0x29, '✆'],
  [0x2a, '✉'],
  [0x4a, '☺'],
  [0x4b, '😐'],
  [0x4c, '☹'],
  [0x6c, '●'],
  [0x6d, '❍'],
  [0x6e, '■'],
  [0x6f, '□'],
  [0x71, '❑'],
  [0x72, '❒'],
  [0x75, '◆'],
  [0x76, '❖'],
  [0x9e, '·'],
  [0x9f, '•'],
  [0xa1, '○'],
  [0xa7, '▪'],
  [0xa8, '◻'],
  [0xab, '★'],
  [0xd8, '➢'],
  [0xdf, '←'],
  [0xe0, '→'],
  [0xe1, '↑'],
  [0xe2, '↓'],
  [0xe8, '➔'],
  [0xf0, '⇨'],
  [0xfb, '✗'],
  [0xfc, '✓'],
  [0xfd, '☒'],
  [0xfe, '☑'],
]);
const WINGDINGS_2: ReadonlyMap<number, string> = new Map([
  [0x4f, '✗'],
  [0x50, '✓'],
  [0x51, '☒'],
  [0x52, '☑'],
  [0xa3, '☐'],
]);

/** `code` in hex as `w:sym` has it; null for what the font's name does not tell. */
export function symbolOf(font: string, code: string): string | null {
  if (!/^[0-9a-f]{1,6}$/i.test(code)) return null;
  const number = Number.parseInt(code, 16);
  const own = number >= 0xf000 && number <= 0xf0ff ? number - 0xf000 : number;
  const name = font.trim().toLowerCase();
  if (name === 'symbol') return nonEmpty(SYMBOL.charAt(own - 0x20));
  if (name === 'wingdings') return WINGDINGS.get(own) ?? null;
  if (name === 'wingdings 2') return WINGDINGS_2.get(own) ?? null;
  const isPrivate =
    number < 0x20 || (number >= 0xe000 && number <= 0xf8ff) || (number >= 0xd800 && number < 0xe000);
  return isPrivate || number > 0x10ffff ? null : String.fromCodePoint(number);
}

function nonEmpty(character: string): string | null {
  return character.trim() === '' ? null : character;
}
