'use client';
/** Where the text comes from: pasted here (its structure is kept until one edits it), or files. */
import { FileText, Upload, X } from 'lucide-react';
import { useRef, useState, type RefObject } from 'react';
import { importStrings as words } from '../_strings/en-home.ts';
import { buttonClass } from '../_ui/button-class.ts';
import { IconButton } from '../_ui/button.tsx';
import { TextArea } from '../_ui/field.tsx';
import { isBareAddress, pastedFrom, type ImportDraft, type Pasted } from './pasted.ts';

const accepted =
  '.txt,.md,.markdown,.html,.htm,.json,text/plain,text/markdown,text/html,application/json,application/ld+json';

function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function Files({
  files,
  disabled,
  onFiles,
}: {
  files: File[];
  disabled: boolean;
  onFiles: (files: File[]) => void;
}) {
  return (
    <ul className="grid max-h-44 gap-1 overflow-y-auto">
      {files.map((file, index) => (
        <li
          key={`${file.name}-${file.lastModified}-${file.size}`}
          className="flex items-center gap-2.5 rounded-1 border border-line py-1 pr-1 pl-3"
        >
          <FileText size={15} aria-hidden className="text-ink-3" />
          <span className="min-w-0 flex-1 truncate font-[550]">{file.name}</span>
          <span className="num text-xs text-ink-3">{sizeOf(file.size)}</span>
          <IconButton
            size="sm"
            label={words.removeFile(file.name)}
            disabled={disabled}
            onClick={() => onFiles(files.filter((_, at) => at !== index))}
          >
            <X size={14} aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}

export interface SourceFieldProps {
  areaRef: RefObject<HTMLTextAreaElement | null>;
  draft: ImportDraft;
  onDraft: (draft: ImportDraft) => void;
  disabled: boolean;
  error: string | undefined;
}

export function SourceField({ areaRef, draft, onDraft, disabled, error }: SourceFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [original, setOriginal] = useState<Pasted | null>(null);
  const { pasted, files } = draft;
  const rich = pasted.html === null ? original : pasted;
  const set = (next: Pasted) => onDraft({ files: [], pasted: next });

  const paste = (event: React.ClipboardEvent<HTMLTextAreaElement>) => {
    const brought = pastedFrom(event.clipboardData);
    const replacesAll =
      pasted.text === '' ||
      event.currentTarget.selectionEnd - event.currentTarget.selectionStart === pasted.text.length;
    if (brought.html === null || !replacesAll) return;
    event.preventDefault();
    setOriginal(brought);
    set(brought);
  };

  const hint = isBareAddress(pasted.text)
    ? words.justAddress
    : pasted.html !== null
      ? words.formatKept
      : undefined;

  return (
    <div className="grid gap-2.5">
      {files.length > 0 ? (
        <Files files={files} disabled={disabled} onFiles={(next) => onDraft({ ...draft, files: next })} />
      ) : (
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
          controlClassName="font-text !text-[16px] leading-[1.55] resize-y max-h-[40vh]"
        />
      )}
      {files.length === 0 && pasted.html === null && rich !== null && pasted.text !== '' ? (
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
      <p role="alert" className="text-sm text-danger empty:hidden">
        {error}
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <button
          type="button"
          disabled={disabled}
          className={buttonClass('secondary', 'md')}
          onClick={() => input.current?.click()}
        >
          <Upload size={15} aria-hidden />
          {words.choose}
        </button>
        <span className="text-sm text-ink-3 pointer-coarse:hidden">{words.orDrop}</span>
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
            if (chosen.length > 0)
              onDraft({ pasted: { text: '', html: null }, files: [...files, ...chosen] });
          }}
        />
      </div>
    </div>
  );
}
