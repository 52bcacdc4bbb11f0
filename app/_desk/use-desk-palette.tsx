'use client';
/** What the palette can do on a report, before everything else it finds. */
import { CircleCheckBig, Download, FileInput, Keyboard, ListFilter } from 'lucide-react';
import { useMemo } from 'react';
import { can } from '#core/domain/roles.ts';
import { formatNames } from '../_export/export-choice.ts';
import { usePaletteActions, type PaletteAction } from '../_palette/actions.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { claimFilters } from './claim-filters.ts';
import type { DeskValue } from './desk-context.tsx';
import { exportReport } from './top-bar.tsx';

export function useDeskPalette(desk: DeskValue): void {
  const { actions, ui } = desk;
  const all = useMemo<readonly PaletteAction[]>(
    () => [
      {
        id: 'awaiting',
        label: words.shortcutNames.awaiting,
        icon: <CircleCheckBig size={15} aria-hidden />,
        kbd: ']',
        keywords: ['review', 'sign off'],
        run: () => actions.nextAwaiting(),
      },
      ...claimFilters.map((filter) => ({
        id: `show-${filter}`,
        label: words.showOnly(words.filters[filter]),
        icon: <ListFilter size={15} aria-hidden />,
        keywords: ['filter', 'claims'],
        run: () => actions.show(filter),
      })),
      ...formatNames.map((format) => ({
        id: `export-${format}`,
        label: words.exportAs(words.exportNames[format]),
        icon: <Download size={15} aria-hidden />,
        keywords: ['download', format],
        run: () => exportReport(desk, format),
      })),
      ...(can(desk.viewer.role, 'report.import')
        ? [
            {
              id: 'answers',
              label: words.answers,
              icon: <FileInput size={15} aria-hidden />,
              keywords: ['returned', 'word', 'docx', 'pdf', 'annotations', 'replies', 'upload'],
              run: () => ui.setState({ answers: { file: null } }),
            },
          ]
        : []),
      {
        id: 'shortcuts',
        label: words.shortcutsTitle,
        icon: <Keyboard size={15} aria-hidden />,
        kbd: '?',
        keywords: ['keys', 'help'],
        run: () => ui.setState({ shortcutsOpen: true }),
      },
    ],
    [desk, actions, ui],
  );
  usePaletteActions('report', all);
}
