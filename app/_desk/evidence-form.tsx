'use client';
/** Adding and changing evidence, in the card itself. Loaded when somebody first asks for it. */
import { Lock } from 'lucide-react';
import { useRef, useState } from 'react';
import { evidenceKinds, stances, type EvidenceKind, type Stance } from '#core/domain/words.ts';
import type { EvidenceRecord } from '#core/records.ts';
import type { EvidenceFields } from '../_data/desk-command.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { strings } from '../_strings/en.ts';
import { Button } from '../_ui/button.tsx';
import { Checkbox, TextArea, TextField } from '../_ui/field.tsx';
import { Segmented } from '../_ui/segmented.tsx';
import { Select } from '../_ui/select.tsx';
import { useFormKeys } from './use-form-keys.ts';

interface FormProps {
  item: EvidenceRecord | null;
  onSave: (fields: EvidenceFields) => void;
  onCancel: () => void;
}

export default function EvidenceForm({ item, onSave, onCancel }: FormProps) {
  const [title, setTitle] = useState(item?.title ?? '');
  const [url, setUrl] = useState(item?.url ?? '');
  const [publisher, setPublisher] = useState(item?.publisher ?? '');
  const [date, setDate] = useState(item?.publishedAt?.slice(0, 10) ?? '');
  const [kind, setKind] = useState<EvidenceKind>(item?.kind ?? 'other');
  const [stance, setStance] = useState<Stance>(item?.stance ?? 'supports');
  const [quote, setQuote] = useState(item?.quote ?? '');
  const [deskOnly, setDeskOnly] = useState(item?.deskOnly ?? false);
  const [isTried, setTried] = useState(false);
  const address = url.trim() === '' ? '' : withScheme(url.trim());
  const isAddress = address === '' || /^https?:\/\/[^\s/]/i.test(address);
  const name = title.trim() === '' ? hostOf(address) : title.trim();

  const form = useRef<HTMLFormElement>(null);

  const save = (): void => {
    setTried(true);
    if (name === '' || !isAddress) return;
    onSave({
      title: name,
      stance,
      kind,
      deskOnly,
      url: address === '' ? null : address,
      publisher: publisher.trim() === '' ? null : publisher.trim(),
      publishedAt: date === '' ? null : date,
      quote: quote.trim() === '' ? null : quote.trim(),
    });
  };
  useFormKeys(form, { send: save, cancel: onCancel });
  return (
    <form
      ref={form}
      className="my-1.5 flex flex-col gap-2.5 rounded-1 border border-line p-2.5"
      aria-label={item === null ? words.addEvidence : words.editEvidence}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Segmented
        label={words.stance}
        value={stance}
        onChange={setStance}
        options={stances.map((value) => ({ value, label: words.stanceChoice[value] }))}
      />
      <TextField
        label={words.evidenceUrl}
        // The form was opened by asking for it.
        autoFocus
        type="url"
        inputMode="url"
        placeholder="https://"
        value={url}
        error={isTried && !isAddress ? words.badAddress : undefined}
        onChange={(event) => setUrl(event.target.value)}
      />
      <TextField
        label={words.evidenceTitle}
        dir="auto"
        value={title}
        placeholder={hostOf(address)}
        error={isTried && name === '' ? words.titleMissing : undefined}
        onChange={(event) => setTitle(event.target.value)}
      />
      <div className="grid grid-cols-2 gap-2.5">
        <TextField
          label={words.publisher}
          value={publisher}
          onChange={(event) => setPublisher(event.target.value)}
        />
        <TextField
          label={words.publishedAt}
          type="date"
          value={date}
          onChange={(event) => setDate(event.target.value)}
        />
      </div>
      <TextArea
        label={words.evidenceQuote}
        dir="auto"
        rows={2}
        controlClassName="min-h-14! font-text"
        value={quote}
        onChange={(event) => setQuote(event.target.value)}
      />
      <div>
        <Select
          label={words.evidenceKind}
          value={kind}
          onChange={setKind}
          className="w-full"
          options={evidenceKinds.map((value) => ({ value, label: strings.evidenceKinds[value] }))}
        />
      </div>
      <Checkbox
        checked={deskOnly}
        onChange={setDeskOnly}
        label={
          <span className="flex items-center gap-1.5">
            <Lock size={13} aria-hidden /> {words.deskOnly}
            <span className="text-xs text-ink-3">{words.deskOnlyHint}</span>
          </span>
        }
      />
      <div className="flex gap-1.5">
        <Button variant="primary" size="sm" type="submit">
          {item === null ? words.add : strings.ui.save}
        </Button>
        <Button variant="ghost" size="sm" onClick={onCancel}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}

/** "example.org/a" is meant as an address too. */
function withScheme(address: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : '';
}
