/** The words of the notice about what the server did not take; apart, since they come only where there is something. */
export const refusedWords = {
  title: 'The server did not take some of your words. They are kept on this device until you discard them.',
  list: 'Words that were not taken',
  /** By the code of the refusal (docs/PROTOCOL.md). */
  why: {
    report_locked: 'The text was locked when they came.',
    no_right: 'You may no longer write here.',
    epoch_changed: 'The report was restored from a backup after you wrote them.',
    too_large: 'They were too large to be taken, or the report has become too large.',
    forbidden_content: 'Something in them is not allowed in a report.',
  } as Readonly<Record<string, string>>,
  whyElse: 'They did not fit the report as the server has it.',
  waits: 'They are shown here once the report is in step with the server.',
  noWords: 'There are no words in it that the report does not have: something was deleted or formatted.',
  notCompared: 'Without the server it is not known which of the words the report has already.',
  copy: 'Copy',
  copyAll: 'Copy all that is kept',
  copied: 'Copied.',
  copyFailed: 'The browser did not allow it. Select the words and copy them.',
  discard: 'Discard',
  goOn: 'Open the report again',
};
