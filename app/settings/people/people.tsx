'use client';
/** The members with their roles. Owners change them; everybody else sees who is who. */
import type { Role } from '#core/domain/words.ts';
import type { MemberRecord } from '#core/records.ts';
import { UserMinus, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { ask, sentenceOf } from '../../_session/request.ts';
import { useCan, useSession } from '../../_session/session.tsx';
import { settingsStrings } from '../../_strings/en-settings.ts';
import { strings } from '../../_strings/en.ts';
import { Avatar } from '../../_ui/avatar.tsx';
import { Button, IconButton } from '../../_ui/button.tsx';
import { Chip } from '../../_ui/chip.tsx';
import { ConfirmDialog } from '../../_ui/dialog.tsx';
import { Select } from '../../_ui/select.tsx';
import { notify, notifyProblem } from '../../_ui/toast.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { roleOptions } from './role-options.ts';

const words = settingsStrings.people;

interface MemberRowProps {
  member: MemberRecord;
  manages: boolean;
  onRole: (role: Role) => void;
  onRemove: () => void;
}

function MemberRow({ member, manages, onRole, onRemove }: MemberRowProps) {
  const { memberId } = useSession();
  const mine = member.id === memberId;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line px-4 py-3 first:border-t-0">
      <Avatar name={member.name} color={member.color} size="xl" decorative className="!size-8 !text-[12px]" />
      <div className="min-w-0 flex-1 basis-40">
        <p className="flex items-center gap-2">
          <bdi className="truncate font-[600]">{member.name}</bdi>
          {mine ? <span className="text-ink-3">({words.you})</span> : null}
          {member.invited ? <Chip look="open">{words.invited}</Chip> : null}
        </p>
        <p className="truncate text-sm text-ink-3">{member.email}</p>
      </div>
      {manages ? (
        <>
          <Select
            label={words.roleOf(member.name)}
            hideLabel
            value={member.role}
            options={roleOptions}
            onChange={onRole}
            className="w-[136px]"
          />
          <IconButton label={words.remove(member.name)} disabled={mine} onClick={onRemove}>
            <UserMinus size={16} aria-hidden />
          </IconButton>
        </>
      ) : (
        <span className="text-ink-2">{strings.roles[member.role]}</span>
      )}
    </li>
  );
}

export function People({ initial }: { initial: readonly MemberRecord[] }) {
  const manages = useCan('member.manage');
  const [members, setMembers] = useState(initial);
  const [inviting, setInviting] = useState(false);
  const [leaving, setLeaving] = useState<MemberRecord | null>(null);

  const put = (member: MemberRecord) =>
    setMembers((before) => before.map((one) => (one.id === member.id ? member : one)));
  const changeRole = async (member: MemberRecord, role: Role) => {
    if (role === member.role) return;
    put({ ...member, role });
    try {
      await ask.patch(`/api/v1/members/${member.id}`, { role });
      notify(words.roleChanged(member.name, strings.roles[role]));
    } catch (error) {
      put(member);
      notifyProblem(sentenceOf(error));
    }
  };
  const remove = async (member: MemberRecord) => {
    await ask.delete(`/api/v1/members/${member.id}`);
    setMembers((before) => before.filter((one) => one.id !== member.id));
    notify(words.removed(member.name));
  };

  return (
    <>
      <div className="rounded-2 border border-line bg-card">
        <ul>
          {members.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              manages={manages}
              onRole={(role) => void changeRole(member, role)}
              onRemove={() => setLeaving(member)}
            />
          ))}
        </ul>
        <div className="border-t border-line px-4 py-3">
          {manages ? (
            <Button icon={<UserPlus size={15} aria-hidden />} onClick={() => setInviting(true)}>
              {words.invite}
            </Button>
          ) : (
            <p className="text-sm text-ink-3">{words.onlyOwners}</p>
          )}
        </div>
      </div>
      <section className="mt-8">
        <h2 className="text-md font-[640]">{words.rolesTitle}</h2>
        <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1">
          {roleOptions.map((role) => (
            <div key={role.value} className="contents">
              <dt className="font-[550]">{role.label}</dt>
              <dd className="text-ink-2">{role.hint}</dd>
            </div>
          ))}
        </dl>
      </section>
      {inviting ? (
        <InviteDialog
          onClose={() => setInviting(false)}
          onInvited={(member) =>
            setMembers((before) => [...before.filter((one) => one.id !== member.id), member])
          }
        />
      ) : null}
      <ConfirmDialog
        open={leaving !== null}
        onOpenChange={() => setLeaving(null)}
        title={words.removeTitle(leaving?.name ?? '')}
        body={words.removeBody}
        confirm={words.removeConfirm}
        danger
        onConfirm={async () => {
          if (leaving !== null) await remove(leaving);
        }}
      />
    </>
  );
}
