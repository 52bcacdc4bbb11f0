'use client';
/** Choosing a rating: the ordered ones first, then "Other…". The choice opens the summary; nothing is said before it is sent. */
import { useLayoutEffect, useRef, useState } from 'react';
import type { Rating } from '#core/domain/rating-scale.ts';
import type { ClaimRecord } from '#core/records.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { Button } from '../_ui/button.tsx';
import { TextArea } from '../_ui/field.tsx';
import { Menu, MenuItem } from '../_ui/menu.tsx';
import { VerdictIcon } from '../_ui/verdict.tsx';
import { useDesk, useDeskUi } from './desk-context.tsx';
import { draftOf, forgetDraft, keepDraft } from './comment-drafts.ts';

const FIRST = 5;

export interface RatingPickerProps {
  claim: ClaimRecord;
  /** The verdict that the new one replaces. */
  basis: string | null;
  onDone?: () => void;
}

export function RatingPicker({ claim, basis, onDone }: RatingPickerProps) {
  const { ratings, actions } = useDesk();
  const draftKey = `summary-${claim.id}`;
  const [chosen, setChosen] = useState<Rating | null>(null);
  const [summary, setSummary] = useState(() => draftOf(draftKey) ?? '');
  const [isMissing, setMissing] = useState(false);
  const group = useRef<HTMLDivElement>(null);
  const wish = useDeskUi((ui) =>
    ui.wish?.part === 'rate' && ui.wish.claimId === claim.id ? ui.wish.turn : 0,
  );
  useLayoutEffect(() => {
    if (wish > 0) group.current?.querySelector('button')?.focus();
  }, [wish]);
  const ordered = ratings.filter((rating) => rating.order !== null);
  const shown = ordered.length >= 3 ? ordered.slice(0, FIRST) : ratings.slice(0, FIRST);
  const rest = ratings.filter((rating) => !shown.includes(rating));

  const propose = (): void => {
    if (chosen === null) return;
    if (chosen.needsExplanation && summary.trim() === '') return setMissing(true);
    actions.propose(claim, chosen, summary, basis);
    forgetDraft(draftKey);
    onDone?.();
  };
  return (
    <div className="flex w-full flex-col gap-2">
      <div ref={group} role="group" aria-label={words.rateIt} className="flex flex-wrap gap-1.5">
        {shown.map((rating) => (
          <RatingChip key={rating.value} rating={rating} isChosen={rating === chosen} onChoose={setChosen} />
        ))}
        {chosen !== null && !shown.includes(chosen) ? (
          <RatingChip rating={chosen} isChosen onChoose={setChosen} />
        ) : null}
        {rest.length > 0 ? (
          <Menu
            align="start"
            trigger={
              <button
                type="button"
                className="inline-flex h-[26px] items-center rounded-full border border-dashed border-line-strong px-2.5 text-[12px] text-ink-2 hover:border-ink-3 pointer-coarse:h-10 pointer-coarse:px-4 pointer-coarse:text-md"
              >
                {words.otherRating}
              </button>
            }
          >
            {rest.map((rating) => (
              <MenuItem
                key={rating.value}
                icon={<VerdictIcon tone={rating.tone} />}
                onSelect={() => setChosen(rating)}
              >
                {rating.label}
              </MenuItem>
            ))}
          </Menu>
        ) : null}
      </div>
      {chosen === null ? null : (
        <form
          className="flex flex-col gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            propose();
          }}
        >
          <TextArea
            label={words.summary}
            hideLabel
            dir="auto"
            placeholder={words.summaryPlaceholder}
            error={isMissing && summary.trim() === '' ? words.needsExplanation(chosen.label) : undefined}
            rows={2}
            controlClassName="min-h-14!"
            // The rating was chosen a moment ago; what follows is the sentence.
            autoFocus
            value={summary}
            onChange={(event) => {
              setSummary(event.target.value);
              keepDraft(draftKey, event.target.value);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) propose();
              else if (event.key === 'Escape') setChosen(null);
              else return;
              event.preventDefault();
              event.stopPropagation();
            }}
          />
          <div className="flex gap-1.5">
            <Button variant="primary" size="sm" type="submit">
              {words.propose(chosen.label)}
            </Button>
            <Button
              variant="ghost"
              size="sm"
              onClick={() => (onDone === undefined ? setChosen(null) : onDone())}
            >
              {words.cancel}
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}

function RatingChip({
  rating,
  isChosen,
  onChoose,
}: {
  rating: Rating;
  isChosen: boolean;
  onChoose: (rating: Rating) => void;
}) {
  return (
    <button
      type="button"
      data-tone={rating.tone}
      aria-pressed={isChosen}
      onClick={() => onChoose(rating)}
      className="inline-flex h-[26px] items-center gap-1.5 rounded-full border border-line-strong bg-card pr-2.5 pl-2 text-[12px] font-[550] hover:border-v aria-pressed:border-v aria-pressed:bg-[color-mix(in_oklab,var(--v)_12%,var(--card))] pointer-coarse:h-10 pointer-coarse:px-3 pointer-coarse:text-md"
    >
      <VerdictIcon tone={rating.tone} size={13} />
      {rating.label}
    </button>
  );
}
