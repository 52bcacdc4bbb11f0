'use client';
/** What a card keeps folded, and a line that says what is in there. */
import { ChevronRight } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { ClaimRecord } from '#core/records.ts';
import { reportStrings as words } from '../_strings/en-report.ts';

const ClaimFacts = lazy(() => import('./claim-facts.tsx'));

export function ClaimMore({ claim }: { claim: ClaimRecord }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="-mx-1.5 mt-1">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex min-h-7 w-full items-center gap-1.5 rounded-1 px-1.5 text-left text-xs text-ink-3 hover:bg-hover hover:text-ink pointer-coarse:min-h-10"
      >
        <ChevronRight size={13} aria-hidden className={isOpen ? 'rotate-90' : 'rtl:rotate-180'} />
        {words.more}
        {isOpen ? null : <span className="min-w-0 truncate">{summaryOf(claim)}</span>}
      </button>
      {isOpen ? (
        <Suspense>
          <ClaimFacts claim={claim} />
        </Suspense>
      ) : null}
    </section>
  );
}

function summaryOf(claim: ClaimRecord): string {
  const priority = claim.priority === 'normal' ? null : words.priorityIs[claim.priority];
  const parts = [claim.place, claim.claimDate?.slice(0, 10), priority, ...claim.tags.map((tag) => `#${tag}`)];
  const said = parts.filter((part) => part != null && part !== '');
  return said.length === 0 ? '' : `· ${said.join(' · ')}`;
}
