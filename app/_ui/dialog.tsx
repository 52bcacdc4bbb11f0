'use client';
/**
 * Dialogs. `Dialog` holds work with a title; `ConfirmDialog` asks before something that cannot be undone and
 * puts the focus on the harmless answer. On a narrow screen a dialog stands at the bottom, the whole width.
 */
import { createElement } from 'react';
import type { ConfirmDialogProps, DialogProps } from './dialog-props.ts';
import { onDemand, useOnFirstUse } from './on-demand.ts';

const dialogCode = onDemand(async () => (await import('./dialog-popup.tsx')).DialogPopup);
const confirmCode = onDemand(async () => (await import('./dialog-popup.tsx')).ConfirmPopup);

export function Dialog(props: DialogProps) {
  const { code } = useOnFirstUse(dialogCode, props.open, () => props.onOpenChange(false));
  return code === null ? null : createElement(code, props);
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { code } = useOnFirstUse(confirmCode, props.open, () => props.onOpenChange(false));
  return code === null ? null : createElement(code, props);
}
