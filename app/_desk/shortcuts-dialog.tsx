'use client';
import { useRef } from 'react';
import { reportStrings as words } from '../_strings/en-report.ts';
import { Dialog } from '../_ui/dialog.tsx';
import { Kbd } from '../_ui/kbd.tsx';
import { useDesk, useDeskUi } from './desk-context.tsx';
import { shortcuts } from './shortcuts.ts';

const groups = ['text', 'go', 'claim'] as const;

export default function ShortcutsDialog() {
  const { ui } = useDesk();
  const open = useDeskUi((state) => state.shortcutsOpen);
  const list = useRef<HTMLDivElement>(null);
  return (
    <Dialog
      open={open}
      onOpenChange={(shortcutsOpen) => ui.setState({ shortcutsOpen })}
      title={words.shortcutsTitle}
      description={words.shortcutsHint}
      // The list itself, not the closing button: its tooltip would take the first Escape.
      initialFocus={list}
    >
      <div ref={list} tabIndex={-1} className="grid gap-x-8 outline-none gap-y-4 sm:grid-cols-2">
        {groups.map((group) => (
          <section
            key={group}
            className={group === 'claim' ? 'sm:col-start-2 sm:row-span-2 sm:row-start-1' : undefined}
          >
            <h3 className="mb-1 text-2xs font-semibold text-ink-3">{words.shortcutGroups[group]}</h3>
            <dl>
              {shortcuts
                .filter((one) => one.group === group)
                .map(({ name, keys }) => (
                  <div key={name} className="flex min-h-7 items-center justify-between gap-3">
                    <dt>{words.shortcutNames[name]}</dt>
                    <dd className="flex gap-1">
                      {keys.map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
