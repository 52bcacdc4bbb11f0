import { describe, expect, test } from 'vitest';
import { commentParts, mentionedMembers, mentionOf, plainComment } from '#core/mentions.ts';

const ana = { id: '0b8f5f5e-51c5-4a6e-8d6f-0f7d4a4f1a11', name: 'Ana [Reyes]' };

describe('mentions', () => {
  test('TH1: a mention round-trips through a body, brackets in the name dropped', () => {
    const body = `Ask ${mentionOf(ana)}, please`;
    expect(mentionedMembers(body)).toEqual([ana.id]);
    expect(plainComment(body)).toBe('Ask @Ana  Reyes , please');
  });

  test('cuts a body into text and mentions that say all of it', () => {
    const body = `${mentionOf(ana)} and ${mentionOf(ana)}`;
    expect(commentParts(body).map((part) => part.kind)).toEqual(['mention', 'text', 'mention']);
    expect(mentionedMembers(body)).toEqual([ana.id]);
  });

  test('leaves text alone that only looks like a mention', () => {
    for (const body of [
      '@Ana',
      '@[Ana](member:not-an-id)',
      '[Ana](member:0b8f5f5e-51c5-4a6e-8d6f-0f7d4a4f1a11)',
      '',
    ]) {
      expect(mentionedMembers(body)).toEqual([]);
      expect(plainComment(body)).toBe(body);
    }
  });
});
