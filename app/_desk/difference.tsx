'use client';
/** Two texts, word by word: what is gone struck through, what is new underlined. Loaded when it is first needed. */
import { diffWordsWithSpace } from 'diff';
import { reportStrings as words } from '../_strings/en-report.ts';

export default function Difference({ before, after }: { before: string; after: string }) {
  return (
    <p dir="auto" className="break-words whitespace-pre-wrap">
      {diffWordsWithSpace(before, after).map((part, index) => {
        if (part.added)
          return (
            <ins key={index} className="bg-selected font-semibold no-underline">
              {part.value}
            </ins>
          );
        if (part.removed) {
          return (
            <del key={index} className="text-ink-3 decoration-ink-3">
              {part.value}
            </del>
          );
        }
        return part.value;
      })}
      {before === after ? <span className="sr-only">{words.sameWords}</span> : null}
    </p>
  );
}
