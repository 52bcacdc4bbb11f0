'use client';
/** The demo's people as cards: one click and one is in. */
import { LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import { demoPeople, enterDemo, type DemoPerson } from '../_session/demo.ts';
import { sentenceOf } from '../_session/request.ts';
import { entryStrings } from '../_strings/en-entry.ts';
import { strings } from '../_strings/en.ts';
import { Avatar } from '../_ui/avatar.tsx';

const words = entryStrings.signIn;

function PersonCard({
  person,
  busy,
  disabled,
  onEnter,
}: {
  person: DemoPerson;
  busy: boolean;
  disabled: boolean;
  onEnter: () => void;
}) {
  return (
    <li>
      <button
        type="button"
        disabled={disabled}
        onClick={onEnter}
        className="group flex h-full w-full flex-col gap-2.5 rounded-2 border border-line bg-card p-3 text-left transition-colors duration-100 enabled:hover:border-ink-3 disabled:opacity-60"
      >
        <span className="flex w-full items-center justify-between">
          <Avatar
            name={person.fullName}
            color={person.color}
            size="xl"
            decorative
            className="!size-8 !text-[12px]"
          />
          {busy ? <LoaderCircle size={16} aria-hidden className="animate-spin text-ink-3" /> : null}
        </span>
        <span>
          <span className="sr-only">{words.as(person.name)}: </span>
          <span aria-hidden className="block font-[600]">
            {person.fullName}
          </span>
          <span className="block text-xs font-[550] text-ink-2">{strings.roles[person.role]}</span>
          <span className="block text-xs text-balance text-ink-3">{strings.roleMeaning[person.role]}</span>
        </span>
      </button>
    </li>
  );
}

export function DemoPeople() {
  const [entering, setEntering] = useState<DemoPerson | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const enter = async (person: DemoPerson) => {
    setEntering(person);
    setProblem(null);
    try {
      window.location.assign(await enterDemo(person.as));
    } catch (error) {
      setProblem(sentenceOf(error));
      setEntering(null);
    }
  };
  return (
    <section aria-labelledby="demo-title">
      <h2 id="demo-title" className="text-[15px] font-[640] tracking-[-0.006em]">
        {words.demoTitle}
      </h2>
      <p className="mt-0.5 text-ink-2">{words.demoHint}</p>
      <ul className="mt-4 grid grid-cols-2 gap-2">
        {demoPeople.map((person) => (
          <PersonCard
            key={person.as}
            person={person}
            busy={entering === person}
            disabled={entering !== null}
            onEnter={() => void enter(person)}
          />
        ))}
      </ul>
      <p role="status" className="sr-only">
        {entering === null ? '' : words.entering(entering.name)}
      </p>
      <p role="alert" className="mt-3 text-danger empty:hidden">
        {problem}
      </p>
    </section>
  );
}
