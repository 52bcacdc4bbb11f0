'use client';
/** What is chosen of an export: format, each with what it is for, and what goes into it. */
import { Braces, Code, FileText, FileType2, Globe, Hash, Search, Sheet, Table } from 'lucide-react';
import { useId, type ReactNode, type RefObject } from 'react';
import { exportWords as words } from '../_strings/en-export.ts';
import { Checkbox } from '../_ui/field.tsx';
import { Segmented } from '../_ui/segmented.tsx';
import { ClaimCriteriaFields } from './claim-criteria-fields.tsx';
import { claimChoices, formatNames, type ExportChoice, type FormatName } from './export-choice.ts';

const icons: Record<FormatName, ReactNode> = {
  docx: <FileText size={16} aria-hidden />,
  pdf: <FileType2 size={16} aria-hidden />,
  html: <Globe size={16} aria-hidden />,
  md: <Hash size={16} aria-hidden />,
  xlsx: <Sheet size={16} aria-hidden />,
  csv: <Table size={16} aria-hidden />,
  claimreview: <Search size={16} aria-hidden />,
  webannotation: <Code size={16} aria-hidden />,
  json: <Braces size={16} aria-hidden />,
};

interface Props {
  choice: ExportChoice;
  disabled: boolean;
  onChange: (part: Partial<ExportChoice>) => void;
}

/** Radios: the arrows move the choice, Enter exports. */
export function FormatList({
  choice,
  disabled,
  onChange,
  chosenRef,
}: Props & { chosenRef: RefObject<HTMLInputElement | null> }) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={words.format} className="grid gap-px">
      {formatNames.map((format) => {
        const label = words.names[format];
        const isChosen = choice.format === format;
        return (
          <label
            key={format}
            className="relative flex min-h-10 items-center pointer-coarse:min-h-11 gap-3 rounded-1 px-2.5 py-1 hover:bg-hover has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-focus"
          >
            {/* Over the whole of it: what is pressed is the radio itself. */}
            <input
              ref={isChosen ? chosenRef : undefined}
              type="radio"
              name={name}
              value={format}
              checked={isChosen}
              disabled={disabled}
              aria-label={label}
              aria-describedby={`${name}-${format}`}
              onChange={() => onChange({ format })}
              className="absolute inset-0 m-0 cursor-pointer appearance-none outline-none"
            />
            <span className={isChosen ? 'text-ink' : 'text-ink-3'}>{icons[format]}</span>
            <span className="min-w-0">
              <span className="block font-[550]">{label}</span>
              <span id={`${name}-${format}`} className="block text-xs text-ink-3">
                {words.forWhom[format]}
              </span>
            </span>
          </label>
        );
      })}
    </div>
  );
}

export function Include({ choice, disabled, onChange }: Props) {
  return (
    <fieldset disabled={disabled} className="m-0 grid gap-3 border-0 p-0">
      <legend className="mb-2 p-0 text-sm font-[550]">{words.include}</legend>
      <Segmented
        label={words.claims}
        value={choice.claims}
        onChange={(claims) => onChange({ claims })}
        options={claimChoices.map((value) => ({ value, label: words.claimsChoice[value] }))}
        className="w-full [&>*]:flex-1 [&>*]:justify-center"
      />
      <ClaimCriteriaFields only={choice.only} disabled={disabled} onChange={(only) => onChange({ only })} />
      <div className="grid grid-flow-col grid-cols-2 grid-rows-2 gap-x-3 gap-y-1">
        <Checkbox
          label={words.threads}
          checked={choice.threads}
          disabled={disabled}
          onChange={(threads) => onChange({ threads })}
        />
        <Checkbox
          label={words.resolved}
          checked={choice.threads && choice.resolved}
          disabled={disabled || !choice.threads}
          onChange={(resolved) => onChange({ resolved })}
          className="pl-6"
        />
        <Checkbox
          label={words.evidence}
          checked={choice.evidence}
          disabled={disabled}
          onChange={(evidence) => onChange({ evidence })}
        />
        <Checkbox
          label={words.people}
          checked={choice.names}
          disabled={disabled}
          onChange={(names) => onChange({ names })}
        />
      </div>
      <p className="-mt-1.5 text-xs text-ink-3">{words.peopleOff}</p>
    </fieldset>
  );
}
