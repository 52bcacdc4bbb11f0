'use client';
/** j and k (or the arrows, once on a row) go through the list; Enter is the link's own. */
import { useEffect, useRef, type RefObject } from 'react';

/** Also where letters mean something to the thing itself; a box takes none. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest(
        'input:not([type="checkbox"]), textarea, select, [role="dialog"], [role="menu"], [role="listbox"], [role="radiogroup"]',
      ) !== null)
  );
}

function linksOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[data-report-row] h2 a')];
}

export function useRowKeys(count: number): RefObject<HTMLUListElement | null> {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (count === 0) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target) || list.current === null)
        return;
      const links = linksOf(list.current);
      const at = links.findIndex((link) => link === document.activeElement);
      const arrows = at >= 0;
      const step =
        event.key === 'j' || (arrows && event.key === 'ArrowDown')
          ? 1
          : event.key === 'k' || (arrows && event.key === 'ArrowUp')
            ? -1
            : 0;
      if (step === 0) return;
      event.preventDefault();
      const next =
        at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step));
      links[next]?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [count]);
  return list;
}
