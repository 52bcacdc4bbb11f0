'use client';
/** What is filled in: a label, a control, a hint, an error in words under it, tied together for screen readers. */
import { clsx } from 'clsx';
import { Check, Eye, EyeOff } from 'lucide-react';
import { useId, useState, type ComponentProps, type ReactNode } from 'react';
import { strings } from '../_strings/en.ts';

export const inputClass =
  'w-full rounded-1 border border-field-line bg-card px-2.5 text-base text-ink hover:border-ink-3 focus-visible:border-focus focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-danger disabled:opacity-55 pointer-coarse:text-[16px]';

interface Common {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  hideLabel?: boolean | undefined;
  optional?: boolean | undefined;
  className?: string | undefined;
}

/** The attributes that tie a control to its words. */
interface Ties {
  id: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

function Frame({
  label,
  hint,
  error,
  hideLabel = false,
  optional = false,
  className,
  id: given,
  children,
}: Common & { id: string | undefined; children: (ties: Ties) => ReactNode }) {
  const made = useId();
  const id = given ?? made;
  const describedBy = [
    hint === undefined ? null : `${id}-hint`,
    error === undefined ? null : `${id}-error`,
  ].filter(Boolean);
  return (
    <div className={clsx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-sm font-[550]'}>
        {label}
        {optional ? <span className="font-normal text-ink-3"> ({strings.ui.optional})</span> : null}
      </label>
      {children({
        id,
        'aria-invalid': error === undefined ? undefined : true,
        'aria-describedby': describedBy.length === 0 ? undefined : describedBy.join(' '),
      })}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="text-xs text-ink-3">
          {hint}
        </p>
      )}
      {error === undefined ? null : (
        <p id={`${id}-error`} className="text-sm text-danger">
          {error}
        </p>
      )}
    </div>
  );
}

export interface TextFieldProps extends Common, Omit<ComponentProps<'input'>, 'className' | 'size'> {
  size?: 'md' | 'lg' | undefined;
  /** Something at the end inside the field. */
  end?: ReactNode;
}

export function TextField({
  label,
  hint,
  error,
  hideLabel,
  optional,
  className,
  id,
  size = 'md',
  end,
  ...input
}: TextFieldProps) {
  return (
    <Frame {...{ label, hint, error, hideLabel, optional, className, id }}>
      {(ties) => (
        <div className="relative">
          <input
            {...input}
            {...ties}
            className={clsx(
              inputClass,
              size === 'lg' ? 'h-10' : 'h-8 pointer-coarse:h-10',
              end !== undefined && 'pr-10',
            )}
          />
          {end === undefined ? null : (
            <div className="absolute inset-y-0 right-1 flex items-center">{end}</div>
          )}
        </div>
      )}
    </Frame>
  );
}

/** A password that can be looked at. */
export function PasswordField(props: Omit<TextFieldProps, 'type' | 'end'>) {
  const [shown, setShown] = useState(false);
  return (
    <TextField
      {...props}
      type={shown ? 'text' : 'password'}
      end={
        <button
          type="button"
          aria-label={shown ? strings.ui.hidePassword : strings.ui.showPassword}
          onClick={() => setShown(!shown)}
          className="grid size-8 place-items-center rounded-1 text-ink-3 hover:text-ink"
        >
          {shown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
        </button>
      }
    />
  );
}

export interface TextAreaProps extends Common, Omit<ComponentProps<'textarea'>, 'className'> {
  /** Classes of the control itself (its height, its face). */
  controlClassName?: string | undefined;
}

export function TextArea({
  label,
  hint,
  error,
  hideLabel,
  optional,
  className,
  id,
  controlClassName,
  ...area
}: TextAreaProps) {
  return (
    <Frame {...{ label, hint, error, hideLabel, optional, className, id }}>
      {(ties) => (
        <textarea {...area} {...ties} className={clsx(inputClass, 'min-h-20 py-2', controlClassName)} />
      )}
    </Frame>
  );
}

export interface CheckboxProps {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean | undefined;
  className?: string | undefined;
}

export function Checkbox({ label, checked, onChange, disabled = false, className }: CheckboxProps) {
  return (
    <label className={clsx('flex min-h-6 items-center gap-2', disabled && 'opacity-55', className)}>
      <span className="relative grid size-4 shrink-0 place-items-center">
        <input
          type="checkbox"
          checked={checked}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
          className="peer absolute inset-0 m-0 appearance-none rounded-[4px] border border-field-line bg-card checked:border-accent checked:bg-accent"
        />
        <Check
          size={12}
          strokeWidth={3}
          aria-hidden
          className="pointer-events-none relative text-on-accent opacity-0 peer-checked:opacity-100"
        />
      </span>
      <span>{label}</span>
    </label>
  );
}
