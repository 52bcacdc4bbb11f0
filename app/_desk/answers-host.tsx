'use client';
/** Taking in answers on the report screen: opens from the menu, the palette, or by dropping a file. */
import { createElement } from 'react';
import { useDesk, useDeskUi, useMay } from './desk-context.tsx';
import { DropVeil } from '../_import/drop-veil.tsx';
import { useDrop } from '../_import/use-drop.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { onDemand, useOnFirstUse } from '../_ui/on-demand.ts';

const dialogCode = onDemand(async () => (await import('../_answers/answers-dialog.tsx')).AnswersDialog);

export function AnswersHost() {
  const { reportId, ui } = useDesk();
  const asked = useDeskUi((state) => state.answers);
  const close = (): void => ui.setState({ answers: null });
  const mayTake = useMay('report.import');
  const { code } = useOnFirstUse(dialogCode, asked !== null, close);
  const isOver = useDrop({
    enabled: mayTake,
    onFiles: ([file]) => {
      if (file !== undefined) ui.setState({ answers: { file } });
    },
  });
  return (
    <>
      {isOver ? <DropVeil title={words.answersHere} hint={words.answersHint} /> : null}
      {code === null
        ? null
        : createElement(code, {
            reportId,
            open: asked !== null,
            file: asked?.file ?? null,
            onClose: close,
          })}
    </>
  );
}
