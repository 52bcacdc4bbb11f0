import type { ReportStatus } from '#core/domain/words.ts';
import { Archive, BadgeCheck, Eye, FilePenLine } from 'lucide-react';
import type { ReactNode } from 'react';
import { strings } from '../../_strings/en.ts';
import { Chip, type ChipProps } from '../../_ui/chip.tsx';

const looks: Record<ReportStatus, { look: NonNullable<ChipProps['look']>; icon: ReactNode }> = {
  draft: { look: 'plain', icon: null },
  checking: { look: 'open', icon: null },
  in_review: { look: 'plain', icon: <Eye size={13} aria-hidden /> },
  published: { look: 'ok', icon: <BadgeCheck size={13} aria-hidden /> },
  corrected: { look: 'ok', icon: <FilePenLine size={13} aria-hidden /> },
  archived: { look: 'plain', icon: <Archive size={13} aria-hidden /> },
};

/** Where a report stands; the highlighter's yellow while there is checking to do. */
export function StatusChip({ status }: { status: ReportStatus }) {
  const { look, icon } = looks[status];
  return (
    <Chip look={look} icon={icon}>
      {strings.reportStatuses[status]}
    </Chip>
  );
}
