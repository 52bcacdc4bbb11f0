'use client';
/**
 * Tooltips: one for the page, for whatever carries `data-tip`. It repeats to the eye what its trigger already says
 * to screen readers (a label); it is never the only source, and goes with Escape, a press or a scroll.
 */
import { cloneElement, useEffect, useLayoutEffect, useRef, useState, type ReactElement } from 'react';
import { createPortal } from 'react-dom';

export type TooltipSide = 'top' | 'bottom' | 'left' | 'right';

export interface TooltipProps {
  content: string;
  /** One element that passes its attributes on to the page. */
  children: ReactElement<TipAttributes>;
  kbd?: string | undefined;
  side?: TooltipSide | undefined;
}

interface TipAttributes {
  'data-tip'?: string;
  'data-tip-key'?: string | undefined;
  'data-tip-side'?: TooltipSide;
}

export function Tooltip({ content, children, kbd, side = 'bottom' }: TooltipProps) {
  return cloneElement(children, { 'data-tip': content, 'data-tip-key': kbd, 'data-tip-side': side });
}

const openDelayMs = 450;
/** Going on from one to the next: at once. */
const warmMs = 300;
const gap = 6;
const edge = 8;

function tipped(target: EventTarget | null): HTMLElement | null {
  const found = target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null;
  return found === null || found.getAttribute('aria-expanded') === 'true' ? null : found;
}

function placeOf(anchor: DOMRect, tip: DOMRect, side: string | undefined): { left: number; top: number } {
  const { innerWidth, innerHeight } = window;
  const isAcross = side === 'left' || side === 'right';
  const below = anchor.bottom + gap;
  const above = anchor.top - gap - tip.height;
  const vertical =
    side === 'top'
      ? above >= edge
        ? above
        : below
      : below + tip.height <= innerHeight - edge
        ? below
        : above;
  const horizontal = side === 'left' ? anchor.left - gap - tip.width : anchor.right + gap;
  const left = isAcross ? horizontal : anchor.left + anchor.width / 2 - tip.width / 2;
  const top = isAcross ? anchor.top + anchor.height / 2 - tip.height / 2 : vertical;
  return { left: Math.min(Math.max(edge, left), innerWidth - edge - tip.width), top };
}

/** Watches the page for what is pointed at or focused by keyboard; `show(null)` hides. */
function watchTips(show: (anchor: HTMLElement | null) => void): () => void {
  const stop = new AbortController();
  const options = { signal: stop.signal, capture: true, passive: true };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: HTMLElement | null = null;
  let hiddenAt = Number.NEGATIVE_INFINITY;
  const hide = () => {
    clearTimeout(timer);
    if (current?.isConnected === true) hiddenAt = performance.now();
    current = null;
    show(null);
  };
  const aim = (anchor: HTMLElement | null, delay: number) => {
    if (anchor === current) return;
    hide();
    current = anchor;
    if (anchor === null) return;
    const isWarm = performance.now() - hiddenAt < warmMs;
    timer = setTimeout(
      () => anchor.isConnected && tipped(anchor) !== null && show(anchor),
      isWarm ? 0 : delay,
    );
  };
  const onOver = (event: PointerEvent) => {
    if (event.pointerType === 'touch') return;
    if (event.target instanceof Element && event.target.closest('[data-tip-shown]') !== null) return;
    aim(tipped(event.target), openDelayMs);
  };
  document.addEventListener('pointerover', onOver, options);
  document.addEventListener('pointerleave', hide, options);
  document.addEventListener('pointerdown', hide, options);
  document.addEventListener('scroll', hide, options);
  document.addEventListener('keydown', hide, options);
  document.addEventListener('focusout', hide, options);
  document.addEventListener(
    'focusin',
    (event) => {
      if (event.target instanceof Element && event.target.matches(':focus-visible'))
        aim(tipped(event.target), openDelayMs);
    },
    options,
  );
  return () => {
    clearTimeout(timer);
    stop.abort();
  };
}

export function TooltipHost() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const tip = useRef<HTMLDivElement>(null);
  useEffect(() => watchTips(setAnchor), []);
  useLayoutEffect(() => {
    if (anchor === null || tip.current === null) return;
    const { left, top } = placeOf(
      anchor.getBoundingClientRect(),
      tip.current.getBoundingClientRect(),
      anchor.dataset['tipSide'],
    );
    tip.current.style.translate = `${Math.round(left)}px ${Math.round(top)}px`;
  }, [anchor]);
  if (anchor === null) return null;
  const { tip: text, tipKey } = anchor.dataset;
  return createPortal(
    <div
      ref={tip}
      aria-hidden
      data-tip-shown
      className="fixed top-0 left-0 z-[60] flex max-w-72 items-center gap-2 rounded-1 bg-ink px-2 py-1 text-[12px] leading-4 text-paper shadow-float starting:opacity-0 transition-opacity duration-100"
    >
      {text}
      {tipKey === undefined ? null : <span className="opacity-70">{tipKey}</span>}
    </div>,
    document.body,
  );
}
