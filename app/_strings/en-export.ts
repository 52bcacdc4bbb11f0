/** Words of the export dialog. */
import type { FormatName } from '../_export/export-choice.ts';
import { exportFormatNames } from './en-formats.ts';
import { strings } from './en.ts';

const { count } = strings;

const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);

const forWhom: Record<FormatName, string> = {
  docx: 'For the writer: real comments on the words',
  pdf: 'For the lawyer: typeset, with highlights and notes',
  html: 'For the web desk: one file, works offline',
  md: 'For writing on, with footnotes',
  xlsx: 'One row a claim, the talk on a second sheet',
  csv: 'One row a claim, for any program',
  claimreview: 'For search engines: signed-off claims only',
  webannotation: 'For other annotation programs',
  json: 'For the archive, and to import again',
};

export const exportWords = {
  title: 'Export',
  titleOf: (title: string) => `Export “${title}”`,
  titleMany: (n: number) => `Export ${count(n, 'report')}`,
  titleAll: 'Export all reports',
  format: 'Format',
  names: exportFormatNames,
  forWhom,
  include: 'What goes into it',
  claims: 'Which claims',
  claimsChoice: { all: 'All', decided: 'Decided', signed_off: 'Signed off' },
  only: 'Only some of them',
  onlyNames: { rating: 'Verdict', status: 'Status', type: 'Type', assignee: 'Assigned to', tag: 'Tag' },
  any: 'Any',
  anybody: 'Anybody',
  membersFailed: 'Who is in the workspace could not be asked.',
  takeAll: 'Take all again',
  threads: 'Comments',
  resolved: 'Resolved ones too',
  evidence: 'Evidence',
  people: 'Names of people',
  peopleOff: 'Without them people are “Person 1”, “Person 2”.',
  neverDeskOnly: 'What is desk only is never in it.',
  preview: 'What the recipient will see',
  sameWords: 'Every format holds these same words.',
  onlySigned: 'ClaimReview takes of these only the claims that are signed off.',
  previewOf: (title: string) => `Shown here: ${title}`,
  previewLoading: 'Loading the preview',
  previewFailed: 'The preview did not load.',
  noPreview: 'Each report becomes a file of its own in one zip.',
  retry: 'Try again',
  cancel: 'Cancel',
  submit: (format: string) => `Export as ${format}`,
  begun: (format: string) => `Exported as ${format}`,
  begunHint: 'It is where your browser keeps downloads.',
  offline: 'The server does not answer. Nothing was exported; try again when you are back.',
  making: (done: number, all: number | null) =>
    all === null ? `${count(done, 'report')} done` : `${done} of ${count(all, 'report')} done`,
  starting: 'Gathering the reports',
  startingOne: 'Making the file',
  arriving: (done: number, all: number | null) =>
    all === null ? `${megabytes(done)} MB here` : `${megabytes(done)} of ${megabytes(all)} MB here`,
  cancelled: 'Cancelled. Nothing was saved.',
  cutOff: 'The connection broke off. Nothing was saved; try again.',
  saved: (n: number) => `Exported ${count(n, 'report')}`,
  fileName: 'export',
};
