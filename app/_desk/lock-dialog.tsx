'use client';
/** What locking and unlocking the text means, before it is done. */
import { reportStrings as words } from '../_strings/en-report.ts';
import { ConfirmDialog } from '../_ui/dialog.tsx';
import { useDesk } from './desk-context.tsx';

export default function LockDialog({ locked, onClose }: { locked: boolean; onClose: () => void }) {
  const { store } = useDesk();
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={locked ? words.unlockTitle : words.lockTitle}
      body={locked ? words.unlockMeans : words.lockMeans}
      confirm={locked ? words.unlock : words.lock}
      onConfirm={() => {
        store.do({ kind: 'change_report', changes: { locked: !locked } });
      }}
    />
  );
}
