/** The words of the editor's controls in English; a screen in another language hands in its own. */
export interface SelectionWords {
  readonly bar: string;
  readonly claim: string;
  readonly comment: string;
}

export const englishSelectionWords: SelectionWords = {
  bar: 'For the selected words',
  claim: 'Claim',
  comment: 'Comment',
};

/** In place of a figure's image that does not come. */
export const englishTextWords = { imageMissing: 'Image not available' };

export interface RationaleWords {
  readonly tools: string;
  readonly bold: string;
  readonly italic: string;
  readonly link: string;
  readonly bullets: string;
  readonly numbers: string;
  readonly address: string;
  readonly setLink: string;
}

export const englishRationaleWords: RationaleWords = {
  tools: 'Formatting',
  bold: 'Bold',
  italic: 'Italic',
  link: 'Link',
  bullets: 'Bulleted list',
  numbers: 'Numbered list',
  address: 'Address of the link',
  setLink: 'Set',
};
