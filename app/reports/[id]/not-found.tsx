import { reportStrings as words } from '../../_strings/en-report.ts';
import { Logo } from '../../_ui/logo.tsx';
import { EmptyState } from '../../_ui/states.tsx';
import { WayOut } from '../../_ui/way-out.tsx';

export default function NoSuchReport() {
  return (
    <main className="grid min-h-dvh place-items-center bg-paper">
      <EmptyState
        icon={<Logo size={40} />}
        title={words.noSuchReport}
        action={
          <WayOut to="/reports" variant="primary">
            {words.toReports}
          </WayOut>
        }
      >
        {words.noSuchReportHint}
      </EmptyState>
    </main>
  );
}
