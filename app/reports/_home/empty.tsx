'use client';
import { FileSearch, Highlighter } from 'lucide-react';
import { openImport } from '../../_import/open-import.ts';
import { openPalette } from '../../_palette/palette-host.tsx';
import { homeStrings } from '../../_strings/en-home.ts';
import { Button } from '../../_ui/button.tsx';
import { EmptyState } from '../../_ui/states.tsx';
import type { View } from './view.ts';

/** First use: one thing to do. */
export function FirstUse({ canImport }: { canImport: boolean }) {
  const words = homeStrings.first;
  return (
    <div className="rounded-2 border border-dashed border-line-strong bg-card">
      <EmptyState
        title={words.title}
        icon={<Highlighter size={28} strokeWidth={1.5} aria-hidden />}
        action={
          canImport ? (
            <Button variant="primary" size="lg" onClick={openImport}>
              {homeStrings.importButton}
            </Button>
          ) : undefined
        }
      >
        {canImport ? words.body : words.readOnly}
      </EmptyState>
    </div>
  );
}

export function NothingFound({
  view,
  pending,
  onShowAll,
}: {
  view: View;
  pending: boolean;
  onShowAll: () => void;
}) {
  const words = homeStrings.notFound;
  const query = view.query.trim();
  if (pending) return <div aria-busy className="h-[260px]" />;
  return (
    <EmptyState
      title={words.title}
      icon={<FileSearch size={28} strokeWidth={1.5} aria-hidden />}
      action={
        <>
          <Button onClick={onShowAll}>{words.show}</Button>
          {query === '' ? null : (
            <Button variant="ghost" onClick={() => openPalette(query)}>
              {words.everywhere}
            </Button>
          )}
        </>
      }
    >
      {query === '' ? words.filtered(homeStrings.filters[view.filter]) : words.searched(query)}
    </EmptyState>
  );
}
