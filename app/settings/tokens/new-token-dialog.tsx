'use client';
import { MAX_NAME_LENGTH } from '#core/limits.ts';
import { useState, type SyntheticEvent } from 'react';
import { ask, sentenceOf } from '../../_session/request.ts';
import { settingsStrings } from '../../_strings/en-settings.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog } from '../../_ui/dialog.tsx';
import { TextField } from '../../_ui/field.tsx';
import { Select } from '../../_ui/select.tsx';
import { CopyField } from '../_parts/copy-field.tsx';

const words = settingsStrings.tokens;
const expiries = ['never', 'month', 'quarter', 'year'] as const;
type Expiry = (typeof expiries)[number];
const days: Record<Expiry, number | null> = { never: null, month: 30, quarter: 90, year: 365 };

function endOf(expiry: Expiry, from: Date): string | null {
  const length = days[expiry];
  return length === null ? null : new Date(from.getTime() + length * 24 * 3600 * 1000).toISOString();
}

interface Made {
  secret: string | null;
}

export function NewTokenDialog({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const [name, setName] = useState('');
  const [expiry, setExpiry] = useState<Expiry>('quarter');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const [secret, setSecret] = useState<string | null>(null);

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const made = await ask.post<Made>('/api/v1/tokens', {
        name: name.trim(),
        expiresAt: endOf(expiry, new Date()),
      });
      setSecret(made.secret ?? '');
      onMade();
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };

  if (secret !== null) {
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title={words.madeTitle}
        description={words.madeLead}
        footer={
          <Button variant="primary" onClick={onClose}>
            {settingsStrings.invite.finish}
          </Button>
        }
      >
        <CopyField label={words.secret} value={secret} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={words.createTitle}
      footer={
        <>
          <Button onClick={onClose}>{settingsStrings.ui.cancel}</Button>
          <Button variant="primary" type="submit" form="new-token" busy={busy} disabled={name.trim() === ''}>
            {words.submit}
          </Button>
        </>
      }
    >
      <form id="new-token" onSubmit={(event) => void submit(event)} className="grid gap-4">
        <TextField
          label={words.name}
          placeholder={words.namePlaceholder}
          size="lg"
          autoComplete="off"
          maxLength={MAX_NAME_LENGTH}
          value={name}
          error={problem}
          onChange={(event) => setName(event.target.value)}
        />
        <div>
          <Select
            label={words.expires}
            value={expiry}
            options={expiries.map((value) => ({ value, label: words.expiry[value] }))}
            onChange={setExpiry}
            className="!h-10 w-full"
          />
        </div>
      </form>
    </Dialog>
  );
}
