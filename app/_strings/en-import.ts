/** Words of the import dialog and of what an import left out; fetched with them. */
import { strings } from './en.ts';

const { count } = strings;

interface Notes {
  threads: number;
  claims: number;
  suggestions: number;
}

/** "12 comments and 3 tracked changes"; empty when nothing comes along. */
function notesOf({ threads, claims, suggestions }: Notes, isWord: boolean): string {
  const parts = [
    threads === 0 ? null : count(threads, 'comment'),
    claims === 0 ? null : count(claims, 'claim'),
    suggestions === 0 ? null : count(suggestions, isWord ? 'tracked change' : 'suggestion'),
  ].filter((part) => part !== null);
  const last = parts.pop();
  if (last === undefined) return '';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

export const importWords = {
  paste: 'Paste the text',
  pastePlaceholder: 'Paste an article, a speech, a transcript …',
  formatKept: 'Headings, lists and links are kept as pasted.',
  formatLost: 'Edited here, so it is taken as plain text.',
  formatBack: 'Go back to the pasted text',
  isAddress: 'This is an address: the page behind it is read.',
  address: 'or a web address',
  anotherAddress: 'Another web address',
  addressPlaceholder: 'https://',
  readAddress: 'Read the page',
  badAddress: 'This is not a web address. One begins with https://',
  choose: 'Choose files',
  chooseMore: 'Add files',
  orDrop: 'or drop them anywhere: Word, PDF, HTML, Markdown, text, annotations, bundles',
  sources: 'What is imported',
  reportTitle: 'Title',
  titleHint: 'Empty: taken from the text or the file’s name.',
  whose: 'Whose text is it?',
  whoseMany: 'Whose texts are they?',
  external: 'Somebody else’s',
  externalHint: 'Check what it says. The text stays locked; claims get verdicts.',
  draft: 'Our draft',
  draftHint: 'Check it before it goes out. Claims get outcomes: stands, change, attribute, cut.',
  submit: 'Import',
  submitMany: (n: number) => `Import ${n} reports`,
  submitRest: (n: number) => `Import the other ${n}`,
  done: 'Done',
  cancel: 'Cancel',
  remove: (name: string) => `Leave out ${name}`,
  nothing: 'Paste a text, give an address or choose a file first.',
  chooseWhose: 'Say whose text it is.',
  noneLeft: 'Nothing of this can be imported.',
  tooLarge: (limitMb: number) => `It is larger than ${limitMb} MB, the most that is taken.`,

  // One source, before it is kept
  preview: 'What was found',
  words: (n: number) => count(n, 'word'),
  figures: (n: number) => count(n, 'figure'),
  notes: notesOf,
  comeAlong: (notes: string) => `${notes} will come along`,
  cameAlong: (notes: string) => `${notes} came along`,
  leftOut: (n: number) => `${count(n, 'thing')} will be left out`,
  leftOutShort: (n: number) => `${n} left out`,
  wasLeftOut: (n: number) => `${count(n, 'thing')} ${n === 1 ? 'was' : 'were'} left out at import`,
  by: (byline: string) => (/^by\s/i.test(byline) ? byline : `by ${byline}`),
  fetching: 'Fetching the page',
  waiting: 'Waits for its turn',
  reading: 'Reading',
  readingPage: (page: number, pages: number) => `Reading page ${page} of ${pages}`,
  arranging: 'Putting the words in order',
  sending: (percent: number) => `Sending, ${percent} %`,
  notRead: 'Not looked at yet',
  tryAgain: 'Try again',
  details: (name: string) => `What was found in ${name}`,
  openReport: (title: string) => `Open “${title}”`,
  open: 'Open',
  imported: 'Imported',
  readSoFar: (done: number, all: number) => `${done} of ${all} read`,
  found: (title: string, words: string) => `Read: ${title}, ${words}.`,
  importing: (at: number, all: number) => (all === 1 ? 'Importing' : `Importing ${at} of ${all}`),
  cancelled: (done: number, all: number) =>
    all === 1 ? 'Cancelled. Nothing was imported.' : `Cancelled. ${done} of ${all} were imported.`,
  someRefused: (done: number, refused: number) =>
    `${count(done, 'report')} imported, ${refused} refused. What was wrong stands beside each.`,
  allDone: (n: number) => `${count(n, 'report')} imported. Look at what was left out.`,
  understood: 'OK',
  problems: {
    empty_text: 'There is no text in it.',
    undecodable: 'It is not text in an encoding that we know. Save it as UTF-8 and try again.',
    forbidden: 'Your role does not import reports. Ask an editor.',
    unauthenticated: 'Your session has ended. Sign in in another tab, then try again.',
    offline: 'The server does not answer. Nothing was imported; what you gave is still here.',
    too_many_requests: 'Too many imports at once. Wait a moment, then try again.',
  } as Readonly<Record<string, string>>,
};
