'use client';
/**
 * The open card of a claim. In this order: which words, what is asked of me, why, evidence, talk; the rest folded.
 */
import { CloudOff, Hash, MapPinOff, Quote, Shapes, X, type LucideIcon } from 'lucide-react';
import {
  ArrowRightLeft,
  CalendarClock,
  Ellipsis,
  Fingerprint,
  Gavel,
  Lightbulb,
  Telescope,
  TriangleAlert,
} from 'lucide-react';
import { lazy, memo, Suspense, useState } from 'react';
import { claimTypes, type ClaimType } from '#core/domain/words.ts';
import type { ClaimRecord } from '#core/records.ts';
import { isPending } from '../_data/desk-store.ts';
import { RationaleEditor } from '../_editor/rationale-editor.tsx';
import { usePeers } from '../_editor/use-peers.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { strings } from '../_strings/en.ts';
import { Button, IconButton } from '../_ui/button.tsx';
import { Skeleton } from '../_ui/states.tsx';
import { Menu, MenuItem } from '../_ui/menu.tsx';
import { Assignee } from './assignee.tsx';
import { Attribution } from './attribution.tsx';
import { isUnplaced } from './claim-filters.ts';
import { ClaimMore } from './claim-more.tsx';
import { useClaim, useDesk, useDeskData, useDeskUi, useMay } from './desk-context.tsx';
import { Evidence } from './evidence.tsx';
import { ClaimTalk } from './talk.tsx';
import { VerdictBlock } from './verdict-block.tsx';

const Difference = lazy(() => import('./difference.tsx'));

const typeIcons: Record<ClaimType, LucideIcon> = {
  quantity: Hash,
  event: CalendarClock,
  quotation: Quote,
  causation: ArrowRightLeft,
  rule: Gavel,
  identity: Fingerprint,
  prediction: Telescope,
  opinion: Lightbulb,
  other: Shapes,
};

export const ClaimCard = memo(function ClaimCard({ claimId }: { claimId: string }) {
  const { actions } = useDesk();
  const claim = useClaim(claimId);
  if (claim === undefined) {
    return (
      <div className="flex items-center gap-2">
        <p className="flex-1">{words.claimGone}</p>
        <Button size="sm" onClick={() => actions.close()}>
          {strings.ui.close}
        </Button>
      </div>
    );
  }
  return (
    <article aria-label={words.cardLabel(claim.quote.exact.slice(0, 120))} data-card={claimId}>
      <Head claim={claim} />
      <Words claim={claim} />
      {claim.type === 'quotation' ? <Attribution claim={claim} /> : null}
      <VerdictBlock claim={claim} />
      <Why claim={claim} />
      <Evidence claim={claim} />
      <ClaimTalk claimId={claimId} />
      <ClaimMore claim={claim} />
    </article>
  );
});

function Head({ claim }: { claim: ClaimRecord }) {
  const { actions, store } = useDesk();
  const mayWrite = useMay('claim.write');
  const isKept = useDeskData((data) => data.live === 'away' && isPending(data, claim.id));
  const Icon = typeIcons[claim.type];
  return (
    <header className="flex min-h-[26px] items-center gap-2">
      {mayWrite ? (
        <Menu
          align="start"
          trigger={
            <button
              type="button"
              aria-label={words.typeIs(strings.claimTypes[claim.type])}
              className="-ml-1 inline-flex h-[26px] items-center gap-[5px] rounded-1 px-1 text-xs text-ink-3 hover:bg-hover hover:text-ink data-popup-open:bg-hover pointer-coarse:h-10"
            >
              <Icon size={14} aria-hidden />
              {claim.type === 'other' ? words.typeUnset : strings.claimTypes[claim.type]}
            </button>
          }
        >
          {claimTypes.map((type) => {
            const TypeIcon = typeIcons[type];
            return (
              <MenuItem
                key={type}
                icon={<TypeIcon size={14} aria-hidden />}
                onSelect={() => store.do({ kind: 'change_claim', claimId: claim.id, changes: { type } })}
              >
                {strings.claimTypes[type]}
              </MenuItem>
            );
          })}
        </Menu>
      ) : (
        <span className="inline-flex items-center gap-[5px] text-xs text-ink-3">
          <Icon size={14} aria-hidden />
          {strings.claimTypes[claim.type]}
        </span>
      )}
      <Claimant claim={claim} />
      <span className="flex-1" />
      {isKept ? <CloudOff size={14} aria-label={words.keptHere} className="text-ink-3" /> : null}
      <Assignee claim={claim} />
      <IconButton
        size="sm"
        label={strings.ui.close}
        kbd="Esc"
        onClick={() => actions.close()}
        className="-mr-1.5"
      >
        <X size={15} aria-hidden />
      </IconButton>
    </header>
  );
}

/** "said by …", written in place. */
function Claimant({ claim }: { claim: ClaimRecord }) {
  const { store } = useDesk();
  const mayWrite = useMay('claim.write');
  const [draft, setDraft] = useState<string | null>(null);
  if (!mayWrite) {
    return claim.claimant === null ? null : (
      <span dir="auto" className="min-w-0 truncate text-ink-3">
        {words.saidBy(claim.claimant)}
      </span>
    );
  }
  const save = (): void => {
    const claimant = draft?.trim() ?? '';
    setDraft(null);
    if (draft === null || claimant === (claim.claimant ?? '')) return;
    store.do({
      kind: 'change_claim',
      claimId: claim.id,
      changes: { claimant: claimant === '' ? null : claimant },
    });
  };
  if (draft === null) {
    return (
      <button
        type="button"
        onClick={() => setDraft(claim.claimant ?? '')}
        className="-mx-1 min-h-6 min-w-0 truncate rounded-1 px-1 text-[12px] text-ink-3 hover:bg-hover hover:text-ink pointer-coarse:min-h-10"
      >
        {claim.claimant === null ? words.saidByWhom : words.saidBy(claim.claimant)}
      </button>
    );
  }
  return (
    <input
      dir="auto"
      // Opened by pressing on it.
      autoFocus
      aria-label={strings.terms.claimant}
      placeholder={words.saidByPlaceholder}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
        else if (event.key === 'Escape') setDraft(null);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
      className="h-6 min-w-0 flex-1 rounded-1 border border-field-line bg-card px-1.5 text-[12px] outline-none focus:border-focus"
    />
  );
}

/** The quotation, and what became of it in the text. */
function Words({ claim }: { claim: ClaimRecord }) {
  const { anchor, quote } = claim;
  const isEdited = anchor.state === 'edited' && anchor.exact !== null && anchor.exact !== quote.exact;
  return (
    <>
      <blockquote dir="auto" className="my-2 line-clamp-6 font-text text-[15px] leading-[1.45] break-words">
        “{quote.exact}”
      </blockquote>
      {isEdited && claim.verdict?.stale == null ? (
        <div className="mb-2 rounded-1 bg-hover px-2.5 py-1.5">
          <p className="text-xs text-ink-3">{words.wordsNow}</p>
          <div className="font-text text-[14px]">
            <Suspense fallback={anchor.exact}>
              <Difference before={quote.exact} after={anchor.exact ?? ''} />
            </Suspense>
          </div>
        </div>
      ) : null}
      {anchor.state === 'moved' ? <p className="mb-2 text-xs text-ink-3">{words.moved}</p> : null}
      {isUnplaced(claim) ? <Unplaced claim={claim} /> : null}
    </>
  );
}

function Unplaced({ claim }: { claim: ClaimRecord }) {
  const { actions } = useDesk();
  const mayWrite = useMay('claim.write');
  const selection = useDeskUi((ui) => ui.selection);
  const isAmbiguous = claim.anchor.state === 'ambiguous';
  const Icon = isAmbiguous ? TriangleAlert : MapPinOff;
  return (
    <div className="mb-2.5 rounded-1 bg-hover px-2.5 py-2">
      <p className="flex items-center gap-1.5 font-[550]">
        <Icon size={14} aria-hidden /> {strings.anchorStates[claim.anchor.state]}
      </p>
      <p className="text-ink-2">{isAmbiguous ? words.ambiguousHint : words.orphanedHint}</p>
      {mayWrite ? (
        <Button
          size="sm"
          className="mt-1.5"
          disabled={selection === null}
          onClick={() => selection !== null && actions.moveHere(claim.id, selection)}
        >
          {words.putHere}
        </Button>
      ) : null}
    </div>
  );
}

function Why({ claim }: { claim: ClaimRecord }) {
  const { session, me, ui, actions, text } = useDesk();
  const mayWriteAny = useMay('rationale.write');
  // What was signed off is what was read: it is checked again before it is written again.
  const mayWrite = mayWriteAny && claim.verdict?.state !== 'final';
  const isFresh = useDeskUi((state) => state.freshId === claim.id);
  const writers = usePeers(session).filter((peer) => peer.writing === claim.id);
  const leave = (): void => {
    ui.setState({ freshId: null });
    if (isFresh) actions.close();
    text.current?.focusText();
  };
  return (
    <section aria-label={strings.terms.rationale} className="mb-2.5">
      {session === null ? (
        <Skeleton className="h-5 w-2/3" />
      ) : (
        <RationaleEditor
          key={claim.id}
          session={session}
          claimId={claim.id}
          editable={mayWrite}
          // A claim made a moment ago opens with the cursor in it.
          autoFocus={isFresh}
          placeholder={mayWrite ? words.whyPlaceholder : words.whyEmpty}
          label={strings.terms.rationale}
          me={me}
          onEscape={leave}
        />
      )}
      {writers.length > 0 ? (
        <p className="mt-0.5 flex items-center gap-1 text-xs text-ink-3">
          <Ellipsis size={13} aria-hidden />
          {words.isWriting(writers.map((peer) => peer.user.name))}
        </p>
      ) : null}
    </section>
  );
}
