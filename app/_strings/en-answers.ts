/** Words of taking in answers from a file; fetched with its dialog. */
import { strings } from './en.ts';

const { count } = strings;

export const answersWords = {
  what: 'A Word or PDF file that went out from here and came back: its comments join their threads, its changes become suggestions. Or annotations of others, as W3C or Hypothesis files. Nothing is taken in twice, and the text stays as it is.',
  choose: 'Choose a file',
  another: 'Another file',
  orDrop: 'or drop it here',
  file: 'The file with answers',
  sending: (percent: number) => `Sending, ${percent} %`,
  reading: 'Reading',
  cancel: 'Cancel',
  close: 'Close',
  done: 'Done',
  takeIn: 'Take them in',
  /** The summary of what would come of it, without “added”: nothing is yet. */
  ready: (summary: string) => `Ready to take in: ${summary.replaceAll(' added', '')}`,
  cancelledLook: 'Cancelled. Nothing was taken in.',
  cancelled: 'Cancelled. If the file was read already, its answers are there.',
  onWords: (n: number, placeless: number) => {
    if (n + placeless === 0) return 'There are no annotations in it';
    const found =
      n === 0
        ? 'No annotation found its words'
        : `${count(n, 'annotation')} on ${n === 1 ? 'its' : 'their'} words`;
    return placeless === 0 ? found : `${found}, ${placeless} without a place`;
  },
  toPlace: (n: number) => `${count(n, 'comment')} without a place in the text`,
  toPlaceHint: 'They are kept at the foot of the margin.',
  notPlaced: (n: number) => `${count(n, 'annotation')} not taken in`,
  leftOut: (n: number) => `${count(n, 'thing')} left out`,
  said: (author: string) => `${author}:`,
  problems: {
    unsupported_kind: 'This is no Word or PDF file, and no annotations. Choose the file that came back.',
    forbidden: 'Your role does not take in files. Ask an editor.',
    unauthenticated: 'Your session has ended. Sign in in another tab, then try again.',
    offline: 'The server does not answer. Try again when it does; nothing is taken in twice.',
    too_many_requests: 'Too many at once. Wait a moment, then try again.',
  } as Readonly<Record<string, string>>,
};
