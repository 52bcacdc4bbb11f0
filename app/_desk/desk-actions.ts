/**
 * What people do on the report screen, whichever way they ask for it: by key, button or the palette. Choosing a
 * claim is kept in the address bar, so a link opens it in place and "back" closes it.
 */
import type { RefObject } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { can } from '#core/domain/roles.ts';
import type { ClaimRecord } from '#core/records.ts';
import type { MarkedWords } from '../_data/desk-command.ts';
import type { DeskStore } from '../_data/desk-store.ts';
import { newId } from '../_data/ids.ts';
import { rationaleCode } from '../_editor/editor-code.ts';
import type { SelectedWords, TextEditorHandle } from '../_editor/marks.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { notify } from '../_ui/toast.tsx';
import { awaitsMe, fits, inTextOrder, type ClaimFilter, type Viewer } from './claim-filters.ts';
import type { CardWish, DeskUi } from './desk-ui.ts';
import { askOf } from './verdict-ask.ts';

/** How long a sign-off can be taken back before anybody hears of it. */
export const SIGN_OFF_UNDO_MS = 5_000;

export class DeskActions {
  readonly #store: DeskStore;
  readonly #ui: StoreApi<DeskUi>;
  readonly #text: RefObject<TextEditorHandle | null>;
  readonly #viewer: Viewer;
  #turn = 0;
  #isPushed = false;

  constructor(
    store: DeskStore,
    ui: StoreApi<DeskUi>,
    { text, viewer }: { text: RefObject<TextEditorHandle | null>; viewer: Viewer },
  ) {
    this.#store = store;
    this.#ui = ui;
    this.#text = text;
    this.#viewer = viewer;
  }

  /** Opens a claim's (or thread's) card. `scroll` brings its words into view. */
  choose(id: string, { scroll = false }: { scroll?: boolean } = {}): void {
    const before = this.#ui.getState().activeId;
    this.#ui.setState({
      activeId: id,
      commentOn: null,
      ...(id === this.#ui.getState().freshId ? {} : { freshId: null }),
    });
    this.#address(before === null ? 'push' : 'replace');
    if (scroll) this.#text.current?.scrollTo(id);
  }

  close(): void {
    const { activeId, commentOn } = this.#ui.getState();
    if (activeId === null && commentOn === null) return;
    this.#ui.setState({ activeId: null, freshId: null, commentOn: null });
    if (this.#isPushed) history.back();
    else this.#address('replace');
    this.#isPushed = false;
  }

  /** The address bar changed under us: "back", "forward". */
  followAddress(activeId: string | null, filter: ClaimFilter): void {
    this.#isPushed = false;
    this.#ui.setState({ activeId, filter });
    if (activeId !== null) this.#text.current?.scrollTo(activeId);
  }

  /** Lists what fits: the chosen card goes if it does not, and the first that does comes into view. */
  show(filter: ClaimFilter): void {
    const { activeId } = this.#ui.getState();
    const shown = this.claimsShown(filter);
    this.#ui.setState({ filter });
    if (filter !== 'all' && activeId !== null && !shown.some((claim) => claim.id === activeId)) this.close();
    else this.#address('replace');
    const [first] = shown;
    if (filter === 'all' || first === undefined || shown.some((claim) => isInView(claim.id))) return;
    this.#text.current?.scrollTo(first.id);
  }

  /** The claim before or after the chosen one, among those that are shown. */
  step(by: 1 | -1): void {
    const { activeId, filter } = this.#ui.getState();
    const shown = this.claimsShown(filter);
    const at = shown.findIndex((claim) => claim.id === activeId);
    const next = at === -1 ? (by === 1 ? shown[0] : shown.at(-1)) : shown[at + by];
    if (next !== undefined) this.choose(next.id, { scroll: true });
  }

  nextAwaiting(): void {
    const { activeId } = this.#ui.getState();
    const all = inTextOrder(this.#store.data.getState().shown.claims.values());
    const at = all.findIndex((claim) => claim.id === activeId);
    const round = [...all.slice(at + 1), ...all.slice(0, at + 1)];
    const next = round.find((claim) => awaitsMe(claim, this.#viewer));
    if (next === undefined) notify(words.nothingAwaits);
    else this.choose(next.id, { scroll: true });
  }

  claimsShown(filter: ClaimFilter): ClaimRecord[] {
    const all = inTextOrder(this.#store.data.getState().shown.claims.values());
    return all.filter((claim) => fits(claim, filter, this.#viewer));
  }

  /** The card takes the next key, so what is typed into is here first (a page that is seconds old may lack it). */
  claim(selection: SelectedWords): void {
    const claimIt = (): void => this.#claimNow(selection);
    if (rationaleCode.loaded() === null) rationaleCode.load().then(claimIt, claimIt);
    else claimIt();
  }

  #claimNow(selection: SelectedWords): void {
    const claimId = newId();
    const suggested = !can(this.#viewer.role, 'claim.write');
    this.#store.do({ kind: 'add_claim', claimId, words: wordsOf(selection), suggested });
    this.#ui.setState({ freshId: claimId, selection: null });
    this.choose(claimId);
    this.#text.current?.clearSelection();
  }

  /** The words wait for the first comment; nothing is made before it is there. */
  comment(selection: SelectedWords, top: number): void {
    this.#ui.setState({ commentOn: { words: selection, top }, activeId: null, selection: null });
    this.#address('replace');
  }

  openThread(selection: SelectedWords, body: string, deskOnly: boolean): void {
    const [threadId, commentId] = [newId(), newId()];
    this.#store.do({ kind: 'open_thread', threadId, commentId, words: wordsOf(selection), body, deskOnly });
    this.#ui.setState({ commentOn: null });
    this.choose(threadId);
  }

  moveHere(claimId: string, selection: SelectedWords): void {
    this.#store.do({ kind: 'move_claim', claimId, words: wordsOf(selection) });
    this.#ui.setState({ selection: null });
    this.#text.current?.clearSelection();
  }

  ask(part: CardWish['part']): void {
    const { activeId } = this.#ui.getState();
    if (activeId === null) return;
    this.#turn += 1;
    this.#ui.setState({ wish: { part, claimId: activeId, turn: this.#turn } });
  }

  /** Five seconds in which nobody but me knows of it. */
  signOff(claim: ClaimRecord, comment: string | null = null): void {
    const { verdict } = claim;
    if (verdict === null) return;
    const undo = this.#store.doLater(
      {
        kind: 'review',
        claimId: claim.id,
        reviewId: newId(),
        verdictId: verdict.id,
        decision: 'approve',
        comment,
      },
      SIGN_OFF_UNDO_MS,
    );
    notify(words.signedOff(verdict.label), {
      undo,
      durationMs: SIGN_OFF_UNDO_MS,
      detail: claim.quote.exact.slice(0, 80),
    });
  }

  review(claim: ClaimRecord, decision: 'request_changes' | 'reject', comment: string): void {
    const { verdict } = claim;
    if (verdict === null) return;
    const reason = comment.trim() === '' ? null : comment.trim();
    this.#store.do({
      kind: 'review',
      claimId: claim.id,
      reviewId: newId(),
      verdictId: verdict.id,
      decision,
      comment: reason,
    });
  }

  propose(
    claim: ClaimRecord,
    rating: { value: string; label: string },
    summary: string,
    basis: string | null,
  ): void {
    const { value, label } = rating;
    this.#store.do({
      kind: 'propose_verdict',
      claimId: claim.id,
      rating: value,
      label,
      summary: summary.trim(),
      basis,
    });
  }

  /** H: the verdict that became stale is proposed anew, as it was. */
  stillHolds(claim: ClaimRecord): void {
    const { verdict } = claim;
    if (verdict === null) return;
    this.propose(claim, { value: verdict.rating, label: verdict.label }, verdict.summary, verdict.id);
  }

  /** R: opens it again, for somebody to check. */
  checkAgain(claim: ClaimRecord): void {
    const status = claim.status === 'decided' ? 'needs_recheck' : 'in_progress';
    this.#store.do({ kind: 'change_claim', claimId: claim.id, changes: { status } });
  }

  take(claim: ClaimRecord): void {
    const mine = claim.assignments.find((one) => one.member.id === this.#viewer.id);
    if (mine === undefined) this.assign(claim.id, this.#viewer.id);
    else this.#store.do({ kind: 'unassign', claimId: claim.id, assignmentId: mine.id });
  }

  assign(claimId: string, memberId: string): void {
    this.#store.do({ kind: 'assign', claimId, assignmentId: newId(), memberId, role: 'checker' });
  }

  remove(claim: ClaimRecord): void {
    this.close();
    this.#store.do({ kind: 'remove_claim', claimId: claim.id });
    notify(words.claimRemoved, {
      detail: claim.quote.exact.slice(0, 80),
      undo: () => this.#store.do({ kind: 'restore_claim', claimId: claim.id }),
      durationMs: 8_000,
    });
  }

  /** Y, N, H, R and T on the chosen claim, as far as they fit it. */
  press(key: 'y' | 'n' | 'h' | 'r' | 't'): boolean {
    const claim = this.#store.data.getState().shown.claims.get(this.#ui.getState().activeId ?? '');
    if (claim === undefined) return false;
    const asked = askOf(claim, this.#viewer);
    if (key === 't') {
      if (!can(this.#viewer.role, 'claim.assign')) return false;
      this.take(claim);
      return true;
    }
    if (key === 'h' && asked === 'stale') this.stillHolds(claim);
    else if (key === 'r' && (asked === 'stale' || asked === 'decided')) this.checkAgain(claim);
    else if (key === 'y' && asked === 'review') this.signOff(claim);
    else if (key === 'y' && asked === 'own_alone') this.ask('changes');
    else if (key === 'n' && asked === 'review') this.ask('changes');
    else return false;
    return true;
  }

  #address(how: 'push' | 'replace'): void {
    const { activeId, filter } = this.#ui.getState();
    const url = new URL(location.href);
    if (activeId === null) url.searchParams.delete('claim');
    else url.searchParams.set('claim', activeId);
    if (filter === 'all') url.searchParams.delete('show');
    else url.searchParams.set('show', filter);
    if (url.href === location.href) return;
    if (how === 'push') {
      history.pushState(null, '', url);
      this.#isPushed = true;
    } else history.replaceState(null, '', url);
  }
}

function isInView(claimId: string): boolean {
  const rect = document.querySelector(`.hl[data-claim="${CSS.escape(claimId)}"]`)?.getBoundingClientRect();
  return rect !== undefined && rect.top > 60 && rect.bottom < window.innerHeight;
}

function wordsOf({ start, end, exact, prefix, suffix }: SelectedWords): MarkedWords {
  return { start, end, exact, prefix, suffix };
}
