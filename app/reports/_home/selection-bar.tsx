'use client';
/** What can be done with the chosen reports; lies over the page, so that nothing moves when it comes. */
import { Download, X } from 'lucide-react';
import { homeStrings } from '../../_strings/en-home.ts';
import { Button, IconButton } from '../../_ui/button.tsx';

const words = homeStrings.selection;

export interface SelectionBarProps {
  count: number;
  areAll: boolean;
  onAll: () => void;
  onExport: () => void;
  onClear: () => void;
}

export function SelectionBar({ count, areAll, onAll, onExport, onClear }: SelectionBarProps) {
  return (
    <>
      <p role="status" className="sr-only">
        {count === 0 ? '' : words.chosen(count)}
      </p>
      {count === 0 ? null : (
        <div
          role="toolbar"
          aria-label={words.bar}
          className="fixed bottom-4 left-1/2 z-30 flex w-max max-w-[calc(100vw-24px)] -translate-x-1/2 items-center gap-2 rounded-2 border border-line-strong bg-card py-2 pr-2 pl-4 shadow-lifted"
        >
          <span className="num font-[550] whitespace-nowrap">{words.chosen(count)}</span>
          <Button variant="ghost" className="max-sm:hidden" disabled={areAll} onClick={onAll}>
            {words.all}
          </Button>
          <Button
            variant="primary"
            icon={<Download size={15} aria-hidden />}
            aria-haspopup="dialog"
            onClick={onExport}
          >
            {words.export(count)}
          </Button>
          <IconButton label={words.clear} kbd="Esc" onClick={onClear}>
            <X size={16} aria-hidden />
          </IconButton>
        </div>
      )}
    </>
  );
}
