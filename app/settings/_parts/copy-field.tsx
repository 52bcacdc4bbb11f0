'use client';
/** Something to take away: shown whole, selected on focus, copied by a button that says it did. */
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { settingsStrings } from '../../_strings/en-settings.ts';
import { Button } from '../../_ui/button.tsx';
import { TextField } from '../../_ui/field.tsx';

export function CopyField({ label, value, hint }: { label: string; value: string; hint?: string }) {
  const [copied, setCopied] = useState(false);
  const words = settingsStrings.ui;
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <div className="flex items-end gap-2">
      <TextField
        label={label}
        value={value}
        readOnly
        size="lg"
        className="min-w-0 flex-1"
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button
        size="lg"
        icon={copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
        onClick={() => void copy()}
      >
        {copied ? words.copied : words.copy}
      </Button>
      {hint === undefined ? null : <span className="sr-only">{hint}</span>}
    </div>
  );
}
