'use client';
/** What the import of this report left out; stays until it is read. Only loaded where there is something. */
import { useState } from 'react';
import { forgetLeftOut, leftOutOf } from '../_import/left-out.ts';
import { importWords as words } from '../_strings/en-import.ts';
import { Button } from '../_ui/button.tsx';
import { useDesk } from './desk-context.tsx';
import { Notice } from './notice.tsx';

export default function LeftOutNotice() {
  const { reportId } = useDesk();
  const [what, setWhat] = useState(() => leftOutOf(reportId));
  if (what === null) return null;
  const along = words.notes(what.notes, what.kind === 'docx');
  const close = (): void => {
    forgetLeftOut(reportId);
    setWhat(null);
  };
  return (
    <Notice
      action={
        <Button size="sm" onClick={close}>
          {words.understood}
        </Button>
      }
    >
      {along === '' ? null : <span className="block">{words.cameAlong(along)}.</span>}
      <details>
        <summary className="cursor-pointer font-[550] text-ink">
          {words.wasLeftOut(what.sentences.length)}
        </summary>
        <ul className="mt-1 grid max-h-[40dvh] list-disc gap-1 overflow-y-auto pl-5 text-sm">
          {what.sentences.map((sentence) => (
            <li key={sentence} dir="auto" className="break-words">
              {sentence}
            </li>
          ))}
        </ul>
      </details>
    </Notice>
  );
}
