import { describe, expect, it } from 'vitest';
import { isBareAddress, pastedFrom } from '../../../app/_import/pasted.ts';

const clipboard = (text: string, html: string) => ({
  getData: (type: string) => (type === 'text/html' ? html : text),
});

describe('what was pasted', () => {
  it('keeps the HTML that has structure', () => {
    expect(pastedFrom(clipboard('Title\nText', '<h1>Title</h1><p>Text</p>')).html).toContain('<h1>');
    expect(pastedFrom(clipboard('site', '<p><a href="https://a.example">site</a></p>')).html).not.toBeNull();
  });

  it('is plain where the HTML adds nothing', () => {
    expect(
      pastedFrom(clipboard('Text', '<meta charset="utf-8"><span style="color:red">Text</span>')).html,
    ).toBeNull();
  });

  it('tells an address from a text that has one', () => {
    expect(isBareAddress(' https://a.example/x ')).toBe(true);
    expect(isBareAddress('See https://a.example/x')).toBe(false);
  });
});
