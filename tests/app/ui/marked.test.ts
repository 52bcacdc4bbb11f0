import { describe, expect, it } from 'vitest';
import { nearMatch, plainExcerpt } from '../../../app/_palette/marked.tsx';

describe('an excerpt of what was found', () => {
  it('reads plainly without the marks', () => {
    expect(plainExcerpt('at least \uE000four\uE001 injured')).toBe('at least four injured');
  });

  it('begins shortly before its match, with a whole word', () => {
    const excerpt = `${'before '.repeat(20)}at least \uE000four\uE001 injured`;
    expect(nearMatch(excerpt)).toBe('… before before before at least \uE000four\uE001 injured');
  });

  it('stays whole when the match is near its beginning, or nowhere', () => {
    expect(nearMatch('at least \uE000four\uE001')).toBe('at least \uE000four\uE001');
    expect(nearMatch('nothing marked')).toBe('nothing marked');
  });
});
