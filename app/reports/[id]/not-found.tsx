import { FileQuestion } from 'lucide-react';
import { reportStrings as words } from '../../_strings/en-report.ts';
import { ButtonLink } from '../../_ui/button.tsx';
import { EmptyState } from '../../_ui/states.tsx';

export default function NoSuchReport() {
  return (
    <main className="grid min-h-dvh place-items-center bg-paper">
      <EmptyState
        icon={<FileQuestion size={28} aria-hidden />}
        title={words.noSuchReport}
        action={
          <ButtonLink variant="primary" href="/reports">
            {words.toReports}
          </ButtonLink>
        }
      >
        {words.noSuchReportHint}
      </EmptyState>
    </main>
  );
}
