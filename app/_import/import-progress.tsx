/** Long work says what, how far, and can be stopped. */
import { importStrings as words } from '../_strings/en-home.ts';
import { Button } from '../_ui/button.tsx';

export interface ImportProgressProps {
  /** 0..1 of the sending; null while the server reads. */
  sent: number | null;
  index: number;
  total: number;
  onCancel: () => void;
}

export function ImportProgress({ sent, index, total, onCancel }: ImportProgressProps) {
  const percent = sent === null ? null : Math.round(sent * 100);
  const what = percent === null ? words.reading : words.uploading(percent);
  return (
    <div className="flex w-full items-center gap-3">
      <div className="min-w-0 flex-1">
        <p role="status" className="text-sm text-ink-2">
          {what}
          {total > 1 ? (
            <span className="num text-ink-3">
              {' '}
              ({index + 1}/{total})
            </span>
          ) : null}
        </p>
        <progress
          aria-label={what}
          max={100}
          {...(percent === null ? {} : { value: percent })}
          className="mt-1.5 block h-1 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-ink [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-ink"
        />
      </div>
      <Button onClick={onCancel}>{words.cancel}</Button>
    </div>
  );
}
