'use client';
/** What may be done with a report from the list, by role. Each change shows at once and goes back if refused. */
import type { ReportRecord } from '#core/records.ts';
import { MAX_TITLE_LENGTH } from '#core/limits.ts';
import { Archive, ArchiveRestore, Download, Ellipsis, Lock, LockOpen, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { openExport } from '../../_export/open-export.ts';
import { ask, sentenceOf } from '../../_session/request.ts';
import { useCan } from '../../_session/session.tsx';
import { homeStrings as words } from '../../_strings/en-home.ts';
import { strings } from '../../_strings/en.ts';
import { Button, IconButton } from '../../_ui/button.tsx';
import { ConfirmDialog, Dialog } from '../../_ui/dialog.tsx';
import { TextField } from '../../_ui/field.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../_ui/menu.tsx';
import { notify, notifyProblem } from '../../_ui/toast.tsx';

interface RenameProps {
  report: ReportRecord;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onRename: (title: string) => Promise<void>;
}

function RenameDialog({ report, open, onOpenChange, onRename }: RenameProps) {
  const [title, setTitle] = useState(report.title);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const save = async () => {
    setBusy(true);
    try {
      await onRename(title.trim());
      onOpenChange(false);
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  const form = `rename-${report.id}`;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="sm"
      title={words.renameTitle}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{strings.ui.cancel}</Button>
          <Button variant="primary" type="submit" form={form} busy={busy} disabled={title.trim() === ''}>
            {words.rename}
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label={words.renameField}
          value={title}
          dir="auto"
          size="lg"
          maxLength={MAX_TITLE_LENGTH}
          error={problem}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setTitle(event.target.value)}
        />
      </form>
    </Dialog>
  );
}

export interface ReportActionsProps {
  report: ReportRecord;
  onChanged: (report: ReportRecord) => void;
  onRemoved: (reportId: string) => void;
}

type Change = Partial<Pick<ReportRecord, 'title' | 'locked'>> & {
  status?: 'draft' | 'checking' | 'archived';
};

export function ReportActions({ report, onChanged, onRemoved }: ReportActionsProps) {
  const canChange = useCan('report.change');
  const canDelete = useCan('report.delete');
  const [dialog, setDialog] = useState<'rename' | 'delete' | null>(null);
  if (!canChange && !canDelete) return null;
  const address = `/api/v1/reports/${report.id}`;
  const archived = report.status === 'archived';

  const patch = async (change: Change) => {
    onChanged({ ...report, ...change });
    try {
      onChanged(await ask.patch<ReportRecord>(address, change));
    } catch (error) {
      onChanged(report);
      throw error;
    }
  };
  const change = async (part: Change, done: string, undo?: () => void) => {
    try {
      await patch(part);
      notify(done, undo === undefined ? {} : { undo });
    } catch (error) {
      notifyProblem(sentenceOf(error));
    }
  };
  const archive = () => {
    const before = report.claims.total === 0 ? 'draft' : 'checking';
    void change(
      { status: 'archived' },
      words.archived(report.title),
      () => void change({ status: before }, words.unarchive),
    );
  };

  return (
    <>
      <Menu
        trigger={
          <IconButton label={words.actions(report.title)} size="sm">
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil size={15} aria-hidden />} onSelect={() => setDialog('rename')}>
          {words.rename}
        </MenuItem>
        <MenuItem
          icon={report.locked ? <LockOpen size={15} aria-hidden /> : <Lock size={15} aria-hidden />}
          onSelect={() => {
            const done = report.locked ? words.unlockedNow(report.title) : words.lockedNow(report.title);
            void change({ locked: !report.locked }, done);
          }}
        >
          {report.locked ? words.unlock : words.lock}
        </MenuItem>
        <MenuItem
          icon={<Download size={15} aria-hidden />}
          onSelect={() => openExport({ reports: [{ id: report.id, title: report.title }] })}
        >
          {words.exportOne}
        </MenuItem>
        {archived ? (
          <MenuItem
            icon={<ArchiveRestore size={15} aria-hidden />}
            onSelect={() =>
              void change({ status: report.claims.total === 0 ? 'draft' : 'checking' }, words.unarchive)
            }
          >
            {words.unarchive}
          </MenuItem>
        ) : (
          <MenuItem icon={<Archive size={15} aria-hidden />} onSelect={archive}>
            {words.archive}
          </MenuItem>
        )}
        {canDelete ? (
          <>
            <MenuSeparator />
            <MenuItem danger icon={<Trash2 size={15} aria-hidden />} onSelect={() => setDialog('delete')}>
              {words.delete}
            </MenuItem>
          </>
        ) : null}
      </Menu>
      {dialog === 'rename' ? (
        <RenameDialog
          report={report}
          open
          onOpenChange={() => setDialog(null)}
          onRename={(title) => patch({ title })}
        />
      ) : null}
      <ConfirmDialog
        open={dialog === 'delete'}
        onOpenChange={() => setDialog(null)}
        title={words.deleteTitle}
        body={words.deleteBody(report.title)}
        confirm={words.delete}
        danger
        onConfirm={async () => {
          await ask.delete(address);
          notify(words.deleted(report.title));
          onRemoved(report.id);
        }}
      />
    </>
  );
}
