'use client';
import { MAX_NAME_LENGTH, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '#core/limits.ts';
import Link from 'next/link';
import { useState, type SyntheticEvent } from 'react';
import { ask, RequestProblem, sentenceOf } from '../_session/request.ts';
import { entryStrings } from '../_strings/en-entry.ts';
import { Button } from '../_ui/button.tsx';
import { PasswordField, TextField } from '../_ui/field.tsx';
import { textOf } from '../_ui/form-text.ts';

const words = entryStrings.setup;

/** The first owner, by the one-time link. Signs in at once with what was just chosen. */
export function SetupForm({ token }: { token: string }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [used, setUsed] = useState(false);

  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const name = textOf(form, 'name').trim();
    const email = textOf(form, 'email').trim();
    const password = textOf(form, 'password');
    setBusy(true);
    setProblem(null);
    try {
      await ask.post('/api/v1/setup', { token, name, email, password });
      await ask.post('/api/auth/sign-in/email', { email: email.toLowerCase(), password });
      window.location.assign('/reports');
    } catch (error) {
      setUsed(error instanceof RequestProblem && [401, 403, 404, 409].includes(error.status));
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  };

  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="mt-6 grid gap-4">
      <TextField
        label={words.name}
        autoComplete="name"
        required
        size="lg"
        maxLength={MAX_NAME_LENGTH}
        placeholder={words.namePlaceholder}
        name="name"
      />
      <TextField
        label={entryStrings.signIn.email}
        type="email"
        autoComplete="username"
        required
        size="lg"
        name="email"
      />
      <PasswordField
        label={entryStrings.signIn.password}
        autoComplete="new-password"
        required
        size="lg"
        minLength={MIN_PASSWORD_LENGTH}
        maxLength={MAX_PASSWORD_LENGTH}
        hint={words.passwordHint(MIN_PASSWORD_LENGTH)}
        name="password"
      />
      {problem === null ? null : (
        <p role="alert" className="text-danger">
          {used ? words.used : problem}{' '}
          {used ? (
            <Link href="/sign-in" className="underline underline-offset-2">
              {words.toSignIn}
            </Link>
          ) : null}
        </p>
      )}
      <Button type="submit" variant="primary" size="lg" busy={busy}>
        {words.submit}
      </Button>
    </form>
  );
}
