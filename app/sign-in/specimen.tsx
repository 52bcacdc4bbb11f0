/**
 * The product's sign language in one sentence: highlighter for what is open, a line and a sign for what is
 * decided. Whoever reads it can read every report here.
 */
import { clsx } from 'clsx';
import type { RatingTone } from '#core/domain/rating-scale.ts';
import type { ReactNode } from 'react';
import { entryStrings } from '../_strings/en-entry.ts';
import { VerdictIcon } from '../_ui/verdict.tsx';

const words = entryStrings.specimen;

function Decided({ tone, children }: { tone: RatingTone; children: ReactNode }) {
  return (
    <span data-tone={tone}>
      <span className="underline decoration-[color-mix(in_oklab,var(--v)_75%,transparent)] decoration-2 underline-offset-4 [text-decoration-skip-ink:none]">
        {children}
      </span>
      <VerdictIcon tone={tone} className="ml-0.5 align-[-1px]" />
    </span>
  );
}

function Sign({ icon, word, hint }: { icon: ReactNode; word: string; hint: string }) {
  return (
    <li className="flex items-center gap-2 text-sm">
      {icon}
      <b className="font-[600]">{word}</b>
      <span className="text-ink-3">{hint}</span>
    </li>
  );
}

export function Specimen({ className }: { className?: string }) {
  return (
    <figure
      aria-label={words.label}
      className={clsx('rounded-[14px] border border-line bg-paper px-7 py-6 shadow-float', className)}
    >
      <p className="text-xs text-ink-3">{words.kicker}</p>
      <p className="mt-2 font-text text-[18px] leading-[1.62]">
        {words.before}
        <Decided tone="true">{words.isTrue}</Decided>
        {words.between}
        <mark className="rounded-[2px] bg-[color-mix(in_oklab,var(--marker)_34%,transparent)] text-inherit underline decoration-[color-mix(in_oklab,var(--marker)_60%,var(--ink))] decoration-dotted decoration-2 underline-offset-4 [text-decoration-skip-ink:none]">
          {words.open}
        </mark>
        {words.then}
        <Decided tone="false">{words.isFalse}</Decided>
        {words.end}
      </p>
      <figcaption className="mt-5 border-t border-line pt-4">
        <ul className="grid gap-1.5">
          <Sign
            icon={
              <span className="m-px size-3 rounded-[4px] bg-marker shadow-[inset_0_0_0_1px_rgb(0_0_0/0.18)]" />
            }
            word={words.openWord}
            hint={words.openHint}
          />
          <Sign icon={<VerdictIcon tone="true" />} word={words.trueWord} hint={words.trueHint} />
          <Sign icon={<VerdictIcon tone="false" />} word={words.falseWord} hint={words.falseHint} />
        </ul>
      </figcaption>
    </figure>
  );
}
