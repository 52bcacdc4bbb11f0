'use client';
/** Invites by e-mail; the one-use link is shown too, for a house without a mail server. */
import type { Role } from '#core/domain/words.ts';
import { MAX_NAME_LENGTH } from '#core/limits.ts';
import type { MemberRecord } from '#core/records.ts';
import { useState, type SyntheticEvent } from 'react';
import { ask, sentenceOf } from '../../_session/request.ts';
import { settingsStrings } from '../../_strings/en-settings.ts';
import { strings } from '../../_strings/en.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog } from '../../_ui/dialog.tsx';
import { TextField } from '../../_ui/field.tsx';
import { Select } from '../../_ui/select.tsx';
import { CopyField } from '../_parts/copy-field.tsx';
import { roleOptions } from './role-options.ts';

const words = settingsStrings.invite;

type Invited = MemberRecord & { invitation: { url: string } | null };

export function InviteDialog({
  onClose,
  onInvited,
}: {
  onClose: () => void;
  onInvited: (member: MemberRecord) => void;
}) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const [done, setDone] = useState<{ name: string; link: string | null } | null>(null);

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const invited = await ask.post<Invited>('/api/v1/members', {
        name: name.trim(),
        email: email.trim(),
        role,
      });
      onInvited(invited);
      setDone({ name: invited.name, link: invited.invitation?.url ?? null });
      setName('');
      setEmail('');
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };

  if (done !== null) {
    return (
      <Dialog
        open
        onOpenChange={onClose}
        size="sm"
        title={words.done(done.name)}
        description={done.link === null ? words.byMail : words.linkHint}
        footer={
          <>
            <Button onClick={() => setDone(null)}>{words.another}</Button>
            <Button variant="primary" onClick={onClose}>
              {words.finish}
            </Button>
          </>
        }
      >
        {done.link === null ? null : <CopyField label={words.link} value={done.link} />}
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={words.title}
      description={words.lead}
      footer={
        <>
          <Button onClick={onClose}>{strings.ui.cancel}</Button>
          <Button variant="primary" type="submit" form="invite" busy={busy}>
            {words.submit}
          </Button>
        </>
      }
    >
      <form id="invite" onSubmit={(event) => void submit(event)} className="grid gap-4">
        <TextField
          label={words.name}
          size="lg"
          required
          maxLength={MAX_NAME_LENGTH}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={words.email}
          size="lg"
          type="email"
          required
          autoComplete="off"
          value={email}
          error={problem}
          onChange={(event) => setEmail(event.target.value)}
        />
        <div>
          <Select
            label={words.role}
            value={role}
            options={roleOptions}
            onChange={setRole}
            className="!h-10 w-full"
          />
        </div>
      </form>
    </Dialog>
  );
}
