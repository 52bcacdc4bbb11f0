/**
 * Whether something within an element has the focus. Where a press takes the focus away it stays true until that press
 * has ended: what is shown only meanwhile would else be gone between press and release, what stands below would move
 * up, and the click would miss it.
 *
 *   const { isWithin, ...listeners } = useFocusWithin();
 *   <div {...listeners} data-in-use={isWithin || undefined}>
 */
import { useEffect, useRef, useState, type FocusEvent } from 'react';

export interface FocusWithin {
  readonly isWithin: boolean;
  onFocus(this: void): void;
  onBlur(this: void, event: FocusEvent<HTMLElement>): void;
}

export function useFocusWithin(): FocusWithin {
  const [isWithin, setWithin] = useState(false);
  const press = useRef({ isDown: false, hasLeft: false });

  useEffect(() => {
    if (!isWithin) return;
    const state = press.current;
    const begin = (): void => void (state.isDown = true);
    const end = (): void => {
      state.isDown = false;
      // The click of this press comes first.
      if (state.hasLeft) setTimeout(() => setWithin(!state.hasLeft));
    };
    document.addEventListener('pointerdown', begin, true);
    document.addEventListener('pointerup', end, true);
    document.addEventListener('pointercancel', end, true);
    return () => {
      document.removeEventListener('pointerdown', begin, true);
      document.removeEventListener('pointerup', end, true);
      document.removeEventListener('pointercancel', end, true);
      state.isDown = false;
    };
  }, [isWithin]);

  return {
    isWithin,
    onFocus: () => {
      press.current.hasLeft = false;
      setWithin(true);
    },
    onBlur: ({ currentTarget, relatedTarget }) => {
      // It stays the active element when the whole window is left.
      const isStill = (node: Element | null): boolean => node !== null && currentTarget.contains(node);
      if (isStill(relatedTarget) || isStill(document.activeElement)) return;
      press.current.hasLeft = true;
      if (!press.current.isDown) setWithin(false);
    },
  };
}
