/** An excerpt with its matched words lifted out: they stand between U+E000 and U+E001. */
import { Fragment } from 'react';

const start = '\uE000';
const end = '\uE001';

/** The same without the marks. */
export function plainExcerpt(excerpt: string): string {
  return excerpt.replaceAll(start, '').replaceAll(end, '');
}

/** Begins shortly before the first match, so that a line has room for it. */
export function nearMatch(excerpt: string, lead = 32): string {
  const match = excerpt.indexOf(start);
  if (match <= lead) return excerpt;
  const space = excerpt.indexOf(' ', match - lead);
  return `… ${excerpt.slice(space >= 0 && space < match ? space + 1 : match)}`;
}

export function Marked({ excerpt }: { excerpt: string }) {
  let at = 0;
  return nearMatch(excerpt)
    .split(start)
    .map((piece, index) => {
      const key = at;
      at += piece.length + 1;
      if (index === 0) return <Fragment key={key}>{piece}</Fragment>;
      const [match = '', rest = ''] = piece.split(end);
      return (
        <Fragment key={key}>
          <mark className="bg-transparent font-[650] text-ink underline decoration-marker decoration-2 underline-offset-3">
            {match}
          </mark>
          {rest}
        </Fragment>
      );
    });
}
