'use client';
/** Where a text comes from: pasted here (its structure is kept until one edits it), an address, or files. */
import { Upload } from 'lucide-react';
import { useRef, useState, type RefObject } from 'react';
import { importWords as words } from '../_strings/en-import.ts';
import { buttonClass } from '../_ui/button-class.ts';
import { Button } from '../_ui/button.tsx';
import { TextArea, TextField } from '../_ui/field.tsx';
import {
  addressFrom,
  emptyDraft,
  isBareAddress,
  pastedFrom,
  withAddress,
  withFiles,
  type ImportDraft,
  type Pasted,
} from './pasted.ts';

const accepted =
  '.docx,.pdf,.html,.htm,.mht,.mhtml,.md,.markdown,.txt,.json,.jsonld,' +
  'text/plain,text/markdown,text/html,application/pdf,application/json,application/ld+json,' +
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export interface SourceFieldProps {
  areaRef: RefObject<HTMLTextAreaElement | null>;
  draft: ImportDraft;
  onDraft: (draft: ImportDraft) => void;
  disabled: boolean;
}

/** The words themselves; an address alone, pasted here, is taken for the page behind it. */
export function PasteField({ areaRef, draft, onDraft, disabled }: SourceFieldProps) {
  const [original, setOriginal] = useState<Pasted | null>(null);
  const { pasted } = draft;
  const rich = pasted.html === null ? original : pasted;
  const set = (next: Pasted) => onDraft({ ...emptyDraft, pasted: next });

  const paste = (event: React.ClipboardEvent<HTMLTextAreaElement>) => {
    const brought = pastedFrom(event.clipboardData);
    const { selectionStart, selectionEnd } = event.currentTarget;
    const replacesAll = pasted.text === '' || selectionEnd - selectionStart === pasted.text.length;
    if (!replacesAll) return;
    const address = isBareAddress(brought.text) ? addressFrom(brought.text) : null;
    if (address === null && brought.html === null) return;
    event.preventDefault();
    if (address !== null) return onDraft(withAddress(draft, address));
    setOriginal(brought);
    set(brought);
  };

  const hint = isBareAddress(pasted.text)
    ? words.isAddress
    : pasted.html !== null
      ? words.formatKept
      : undefined;
  return (
    <div className="grid gap-1.5">
      <TextArea
        ref={areaRef}
        label={words.paste}
        placeholder={words.pastePlaceholder}
        value={pasted.text}
        disabled={disabled}
        dir="auto"
        rows={6}
        hint={hint}
        onPaste={paste}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey))
            event.currentTarget.form?.requestSubmit();
        }}
        onChange={(event) => {
          if (pasted.html !== null) setOriginal(pasted);
          set({ text: event.target.value, html: null });
        }}
        controlClassName="font-text !text-[16px] leading-[1.55] resize-y max-h-[36vh]"
      />
      {pasted.html === null && rich !== null && pasted.text !== '' ? (
        <p className="text-xs text-ink-3">
          {words.formatLost}{' '}
          <button
            type="button"
            className="underline underline-offset-2 hover:text-ink"
            onClick={() => set(rich)}
          >
            {words.formatBack}
          </button>
        </p>
      ) : null}
    </div>
  );
}

export interface AddressFieldProps {
  value: string;
  label: string;
  error: string | undefined;
  disabled: boolean;
  onChange: (value: string) => void;
  /** An address that is one was given. */
  onAddress: (address: string) => void;
  onBad: () => void;
}

export function AddressField({
  value,
  label,
  error,
  disabled,
  onChange,
  onAddress,
  onBad,
}: AddressFieldProps) {
  const take = (text: string) => {
    const address = addressFrom(text);
    if (address === null) onBad();
    else onAddress(address);
  };
  return (
    <TextField
      label={label}
      type="text"
      inputMode="url"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      placeholder={words.addressPlaceholder}
      value={value}
      error={error}
      disabled={disabled}
      className="min-w-0 flex-1"
      onChange={(event) => onChange(event.target.value)}
      onPaste={(event) => {
        const text = event.clipboardData.getData('text/plain');
        if (value !== '' || !isBareAddress(text)) return;
        event.preventDefault();
        take(text);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || value.trim() === '') return;
        event.preventDefault();
        take(value);
      }}
      end={
        value.trim() === '' ? undefined : (
          <Button size="sm" variant="ghost" className="-mr-0.5" onClick={() => take(value)}>
            {words.readAddress}
          </Button>
        )
      }
    />
  );
}

/** Files by the system's own dialog. */
export function ChooseFiles({
  draft,
  onDraft,
  disabled,
  isMore,
}: Omit<SourceFieldProps, 'areaRef'> & { isMore: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        disabled={disabled}
        className={buttonClass('secondary', 'md')}
        onClick={() => input.current?.click()}
      >
        <Upload size={15} aria-hidden />
        {isMore ? words.chooseMore : words.choose}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={accepted}
        aria-label={words.choose}
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])];
          event.target.value = '';
          if (chosen.length > 0) onDraft(withFiles(draft, chosen));
        }}
      />
    </>
  );
}
