/** How far something is, as a thin line along the foot of its row; the row is `relative`. */
export function ProgressLine({
  label,
  part,
}: {
  label: string;
  /** 0..1; null: not known. */
  part: number | null;
}) {
  return (
    <progress
      aria-label={label}
      max={1}
      {...(part === null ? {} : { value: part })}
      className="absolute inset-x-0 bottom-0 block h-0.5 w-full appearance-none bg-transparent motion-safe:indeterminate:animate-pulse [&::-moz-progress-bar]:bg-ink-3 [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-ink"
    />
  );
}
