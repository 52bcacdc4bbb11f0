import { expect, test } from 'vitest';
import { attachmentHeader, exportFileName } from '#server/export/file-name.ts';

test.each([
  ['Talks at the lake', 'Talks at the lake.html'],
  ['a/b\\c:d*e?"<f>|', 'a b c d e f.html'],
  ['../../etc/passwd', '_.. .. etc passwd.html'],
  ['…\u202egnp.exe', '… gnp.exe.html'],
  ['محادثات', 'محادثات.html'],
  [' . ', 'report.html'],
  [`${'x'.repeat(79)}😀😀`, `${'x'.repeat(79)}😀.html`],
  ['CON', '_CON.html'],
  ['NUL.', '_NUL.html'],
  ['aux', '_aux.html'],
  ['com1 .x', '_com1 .x.html'],
  ['Console', 'Console.html'],
  ['.hidden', '_.hidden.html'],
  ['-rf', '_-rf.html'],
  ['---', '_---.html'],
  ['e\u0301', 'é.html'],
])('EX16 the title %j makes a file name that every system takes', (title, expected) => {
  expect(exportFileName(title, 'html')).toBe(expected);
});

test.each(['字', '😀', 'é', 'x'])('EX16 a name of a hundred %s is at most 255 bytes in a zip', (sign) => {
  const name = exportFileName(sign.repeat(100), 'claimreview.json');
  expect(Buffer.byteLength(name) + ' (12345)'.length).toBeLessThanOrEqual(255);
  expect(name).toMatch(new RegExp(`^(${sign}){50,80}\\.claimreview\\.json$`, 'u'));
});

test('EX16 the header holds the name in ASCII and in UTF-8', () => {
  expect(attachmentHeader('Überblick (1).md')).toBe(
    `attachment; filename="_berblick (1).md"; filename*=UTF-8''%C3%9Cberblick%20%281%29.md`,
  );
});
