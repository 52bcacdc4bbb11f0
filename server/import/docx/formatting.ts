/** Which marks words have, from the styles of their paragraph and of themselves and from what stands at them. */
import type { MarkName } from '../doc-builder.ts';
import { underlineOf, type ResolvedStyle, type Styles, type Toggle } from './styles.ts';
import { switchOf, valueOf, type XmlElement } from './xml.ts';

export interface Formatting {
  readonly names: readonly MarkName[];
  readonly isHidden: boolean;
}

/**
 * A heading is bold or italic by its nature, so its style makes no marks, and no heading's words are strong. Nor do
 * styles of paragraphs make marks in a file of ours, where marks always stand at the words.
 */
export function formattingOf(
  properties: XmlElement | null,
  paragraph: ResolvedStyle,
  isHeading: boolean,
  styles: Styles,
): Formatting {
  const character = styles.character(valueOf(properties, 'w:rStyle'));
  const isOn = (toggle: Toggle): boolean => {
    const direct = switchOf(properties, toggle);
    if (direct !== null) return direct;
    const isLook = (isHeading || styles.isOwn) && toggle !== 'w:vanish';
    const byParagraph = !isLook && paragraph.toggles.get(toggle) === true;
    return byParagraph !== (character.toggles.get(toggle) === true);
  };
  const isUnderlined =
    underlineOf(properties) ?? character.underline ?? (isHeading ? false : paragraph.underline);
  const names: MarkName[] = [];
  if (!isHeading && isOn('w:b')) names.push('strong');
  if (isOn('w:i')) names.push('em');
  if (isUnderlined === true) names.push('underline');
  if (isOn('w:strike') || isOn('w:dstrike')) names.push('strike');
  if (character.role === 'code') names.push('code');
  return { names, isHidden: isOn('w:vanish') };
}
