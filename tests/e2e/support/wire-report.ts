/** A short report to be checked: headings, a list, a quotation, emphasis, a link. Each phrase used by a story stands once. */
export const wireReport = {
  title: 'Harbour talks end without a date',
  markdown: `The two port authorities met on **Tuesday** for the third time. The meeting lasted 75 minutes, said a spokeswoman.

Four dock workers were injured in the night before, two of them seriously. The alarm sounded for nearly ten hours.

## What was agreed

A plan of twenty points is “ninety per cent ready”, the harbour master told reporters. Nobody has published it.

- The ferry line opens again in May.
- A summit in Rotterdam was planned and later dropped.

> We are closer than we ever were.

## What was not

The *remaining* tenth is about money, [the paper wrote](https://example.org/harbour). Both sides gave different accounts of it.
`,
};
