'use client';
/** Who has a claim, as a disc that opens the list of those who could. */
import { Check } from 'lucide-react';
import { can } from '#core/domain/roles.ts';
import type { ClaimRecord } from '#core/records.ts';
import { reportStrings as words } from '../_strings/en-report.ts';
import { Avatar } from '../_ui/avatar.tsx';
import { Menu, MenuItem, MenuLabel } from '../_ui/menu.tsx';
import { useColorOf, useDesk, useDeskData, useMay } from './desk-context.tsx';

export function Assignee({ claim }: { claim: ClaimRecord }) {
  const { actions, store, viewer } = useDesk();
  const mayAssign = useMay('claim.assign');
  const members = useDeskData((data) => data.shown.members);
  const current = claim.assignments.findLast((one) => one.status !== 'declined');
  const color = useColorOf(current?.member.id ?? null);
  const disc =
    current === undefined ? (
      <span className="inline-grid size-6 place-items-center rounded-full border border-dashed border-line-strong text-[13px] text-ink-3">
        +
      </span>
    ) : (
      <Avatar name={current.member.name} color={color} decorative />
    );
  if (!mayAssign) return current === undefined ? null : <Avatar name={current.member.name} color={color} />;
  const able = [...members.values()].filter((member) => can(member.role, 'verdict.propose'));
  const ordered = able.toSorted((a, b) => Number(b.id === viewer.id) - Number(a.id === viewer.id));
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={current === undefined ? words.assign : words.assignedTo(current.member.name)}
          title={current === undefined ? words.assign : words.assignedTo(current.member.name)}
          className="inline-grid min-h-6 min-w-6 place-items-center rounded-full pointer-coarse:size-10"
        >
          {disc}
        </button>
      }
    >
      <MenuLabel>{words.whoChecks}</MenuLabel>
      {ordered.map((member) => {
        const given = claim.assignments.find((one) => one.member.id === member.id);
        return (
          <MenuItem
            key={member.id}
            end={
              given === undefined ? (
                member.id === viewer.id ? (
                  <kbd className="text-2xs text-ink-3">T</kbd>
                ) : undefined
              ) : (
                <Check size={15} aria-hidden />
              )
            }
            onSelect={() =>
              given === undefined
                ? actions.assign(claim.id, member.id)
                : store.do({ kind: 'unassign', claimId: claim.id, assignmentId: given.id })
            }
          >
            <span className="flex items-center gap-2">
              <Avatar name={member.name} color={member.color} size="sm" decorative />
              {member.id === viewer.id ? words.me(member.name) : member.name}
            </span>
          </MenuItem>
        );
      })}
    </Menu>
  );
}
