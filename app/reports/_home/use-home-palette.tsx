'use client';
/** What the palette can do on the list of reports. */
import type { ReportRecord } from '#core/records.ts';
import { Download } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { openExport } from '../../_export/open-export.ts';
import { usePaletteActions, type PaletteAction } from '../../_palette/actions.ts';
import { homeStrings as words } from '../../_strings/en-home.ts';

export function useHomePalette(shown: readonly ReportRecord[]): void {
  const latest = useRef(shown);
  useEffect(() => {
    latest.current = shown;
  });
  const isEmpty = shown.length === 0;
  const actions = useMemo<readonly PaletteAction[]>(
    () =>
      isEmpty
        ? []
        : [
            {
              id: 'export-all',
              label: words.exportAll,
              icon: <Download size={15} aria-hidden />,
              keywords: ['download', 'zip', 'archive'],
              run: () =>
                openExport({
                  reports: latest.current.slice(0, 1).map(({ id, title }) => ({ id, title })),
                  isAll: true,
                }),
            },
          ],
    [isEmpty],
  );
  usePaletteActions('home', actions);
}
