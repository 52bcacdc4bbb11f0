import { expect, test } from 'vitest';
import { attachmentHeader, exportFileName } from '#server/export/file-name.ts';

test.each([
  ['Talks at the lake', 'Talks at the lake.html'],
  ['a/b\\c:d*e?"<f>|', 'a b c d e f.html'],
  ['../../etc/passwd', '.. .. etc passwd.html'],
  ['…\u202egnp.exe', '… gnp.exe.html'],
  ['محادثات', 'محادثات.html'],
  [' . ', 'report.html'],
  [`${'x'.repeat(79)}😀😀`, `${'x'.repeat(79)}😀.html`],
])('EX16 the title %j makes a file name that every system takes', (title, expected) => {
  expect(exportFileName(title, 'html')).toBe(expected);
});

test('EX16 the header holds the name in ASCII and in UTF-8', () => {
  expect(attachmentHeader('Überblick (1).md')).toBe(
    `attachment; filename="_berblick (1).md"; filename*=UTF-8''%C3%9Cberblick%20%281%29.md`,
  );
});
