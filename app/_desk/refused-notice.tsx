'use client';
/**
 * Words that the server did not take, each refusal with why, what it was of, and the choice to copy or to discard it.
 * What the server has is left out, so they are read once the report is in step; a session that has stopped for good
 * cannot tell and offers all that it kept. Only loaded where something was refused.
 */
import { useEffect, useState } from 'react';
import type { DocumentSession } from '../_editor/document-session.ts';
import type { RefusedText } from '../_editor/refused-work.ts';
import { useSyncStatus } from '../_editor/use-document-session.ts';
import { refusedWords as words } from '../_strings/en-refused.ts';
import { reportStrings } from '../_strings/en-report.ts';
import { Button } from '../_ui/button.tsx';
import { notify, notifyProblem } from '../_ui/toast.tsx';
import { Notice } from './notice.tsx';

export default function RefusedNotice({ session, reopen }: { session: DocumentSession; reopen: () => void }) {
  const { refused, synced, stopped } = useSyncStatus(session);
  const texts = useRefusedTexts(session, synced, stopped !== null);
  return (
    <Notice
      isAlert
      action={
        stopped === null ? undefined : (
          <Button size="sm" onClick={reopen}>
            {words.goOn}
          </Button>
        )
      }
    >
      {stopped === null ? null : <p>{reportStrings.stopped[stopped.code]}</p>}
      <p>{words.title}</p>
      <ul aria-label={words.list} className="mt-1 grid max-h-[40dvh] gap-2 overflow-y-auto">
        {refused.map((one) => (
          <Refusal
            key={one.storeName}
            code={one.code}
            text={texts.get(one.storeName) ?? null}
            discard={() => void session.dismissRefused(one.storeName)}
          />
        ))}
      </ul>
    </Notice>
  );
}

interface RefusalProps {
  code: string;
  /** Null while it is not known what the server has. */
  text: RefusedText | null;
  discard: () => void;
}

function Refusal({ code, text, discard }: RefusalProps) {
  const passages = text?.isCompared === true ? [...text.body, ...text.rationales.map((one) => one.text)] : [];
  const why = words.why[code] ?? words.whyElse;
  return (
    <li className="grid gap-1 text-sm">
      <span>{why}</span>
      {passages.map((passage, i) => (
        <blockquote
          key={`${i} ${passage}`}
          dir="auto"
          className="border-l-2 border-line-strong pl-2 break-words whitespace-pre-wrap text-ink"
        >
          {passage}
        </blockquote>
      ))}
      {passages.length > 0 ? null : <span>{hintOf(text)}</span>}
      <span className="flex gap-1.5">
        {text === null || text.text === '' ? null : (
          <Button size="sm" onClick={() => void copy(text.text)}>
            {text.isCompared ? words.copy : words.copyAll}
          </Button>
        )}
        {/* Not before it was seen what it is. */}
        {text === null ? null : (
          <Button size="sm" variant="ghost" onClick={discard}>
            {words.discard}
          </Button>
        )}
      </span>
    </li>
  );
}

function hintOf(text: RefusedText | null): string {
  if (text === null) return words.waits;
  return text.isCompared ? words.noWords : words.notCompared;
}

/** By store; empty until they can be told from what the server has, or never will. */
function useRefusedTexts(
  session: DocumentSession,
  isSynced: boolean,
  isStopped: boolean,
): ReadonlyMap<string, RefusedText> {
  const [texts, setTexts] = useState<ReadonlyMap<string, RefusedText>>(new Map());
  useEffect(() => {
    if (!isSynced && !isStopped) return undefined;
    let isWanted = true;
    void session.readRefused().then((read) => {
      if (isWanted) setTexts(new Map(read.map((one) => [one.storeName, one])));
    });
    return () => {
      isWanted = false;
    };
  }, [session, isSynced, isStopped]);
  return texts;
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify(words.copied);
  } catch {
    // Forbidden, or a page without https: the words stand there to be selected.
    notifyProblem(words.copyFailed);
  }
}
