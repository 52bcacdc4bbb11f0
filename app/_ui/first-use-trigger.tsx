'use client';
/**
 * The trigger of a popup before its code is here: the same element with the same promise to screen readers
 * (aria-haspopup, aria-expanded), which fetches the code and opens at the first press.
 */
import { cloneElement, type ComponentProps, type ReactElement } from 'react';

export type TriggerElement = ReactElement<ComponentProps<'button'>>;

export interface FirstUseTriggerProps {
  trigger: TriggerElement;
  opens: 'menu' | 'dialog' | 'listbox';
  onUse: () => void;
  onNear: () => void;
}

export function FirstUseTrigger({ trigger, opens, onUse, onNear }: FirstUseTriggerProps) {
  const { onClick, onPointerEnter, onFocus, onKeyDown } = trigger.props;
  return cloneElement(trigger, {
    'aria-haspopup': opens,
    'aria-expanded': false,
    onClick: (event) => {
      onClick?.(event);
      onUse();
    },
    onPointerEnter: (event) => {
      onPointerEnter?.(event);
      onNear();
    },
    onFocus: (event) => {
      onFocus?.(event);
      onNear();
    },
    onKeyDown: (event) => {
      onKeyDown?.(event);
      if (opens === 'dialog' || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
      event.preventDefault();
      onUse();
    },
  });
}
