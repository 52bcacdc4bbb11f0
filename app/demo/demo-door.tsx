'use client';
import { useEffect, useState } from 'react';
import { enterDemo, type DemoPerson } from '../_session/demo.ts';
import { sentenceOf } from '../_session/request.ts';
import { entryStrings } from '../_strings/en-entry.ts';
import { strings } from '../_strings/en.ts';
import { Button } from '../_ui/button.tsx';
import { Skeleton } from '../_ui/states.tsx';

/** Goes in as the person and on to the place; says why when it cannot. */
export function DemoDoor({ person, to }: { person: DemoPerson; to: string | null }) {
  const [attempt, setAttempt] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let left = false;
    const enter = async () => {
      try {
        const place = await enterDemo(person.as);
        if (!left) window.location.replace(to ?? place);
      } catch (error) {
        if (!left) setProblem(sentenceOf(error));
      }
    };
    void enter();
    return () => {
      left = true;
    };
  }, [person, to, attempt]);
  if (problem === null) {
    return (
      <div aria-busy className="mt-5 grid gap-2.5">
        <Skeleton className="h-4 w-full" />
        <Skeleton className="h-4 w-3/4" />
      </div>
    );
  }
  return (
    <div role="alert" className="mt-4">
      <p className="font-[550]">{entryStrings.demo.failed}</p>
      <p className="mt-1 text-ink-2">{problem}</p>
      <Button
        className="mt-5"
        size="lg"
        onClick={() => {
          setProblem(null);
          setAttempt(attempt + 1);
        }}
      >
        {strings.ui.retry}
      </Button>
    </div>
  );
}
