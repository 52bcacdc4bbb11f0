'use client';
import { useRef, useState, type SyntheticEvent } from 'react';
import { ask, RequestProblem } from '../_session/request.ts';
import { entryStrings } from '../_strings/en-entry.ts';
import { Button } from '../_ui/button.tsx';
import { PasswordField, TextField } from '../_ui/field.tsx';
import { textOf } from '../_ui/form-text.ts';

const words = entryStrings.signIn;

/** Why it was refused, without saying which of the two was wrong. */
function refusal(error: unknown): string {
  if (!(error instanceof RequestProblem)) return words.broken;
  if (error.status === 0) return words.away;
  if (error.status === 429) return words.tooMany(Math.max(1, Math.ceil((error.retryAfter ?? 60) / 60)));
  return error.status >= 500 ? words.broken : words.wrong;
}

export function SignInForm({
  returnTo,
  heading,
  divided,
}: {
  returnTo: string;
  heading: string;
  divided: boolean;
}) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({});
  const form = useRef<HTMLFormElement>(null);

  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const email = textOf(data, 'email').trim();
    const password = textOf(data, 'password');
    setMissing({
      ...(email === '' ? { email: words.missingEmail } : {}),
      ...(password === '' ? { password: words.missingPassword } : {}),
    });
    setProblem(null);
    const empty = email === '' ? 'email' : password === '' ? 'password' : null;
    if (empty !== null) {
      form.current?.querySelector<HTMLInputElement>(`[name=${empty}]`)?.focus();
      return;
    }
    setBusy(true);
    try {
      await ask.post('/api/auth/sign-in/email', { email, password });
      window.location.assign(returnTo);
    } catch (error) {
      setProblem(refusal(error));
      setBusy(false);
      form.current?.querySelector<HTMLInputElement>('[name=password]')?.select();
    }
  };

  return (
    <form
      ref={form}
      method="post"
      noValidate
      onSubmit={(event) => void submit(event)}
      aria-labelledby="sign-in-title"
    >
      {divided ? (
        <div className="my-5 flex items-center gap-3">
          <span aria-hidden className="h-px flex-1 bg-line" />
          <h2 id="sign-in-title" className="text-sm text-ink-3">
            {heading}
          </h2>
          <span aria-hidden className="h-px flex-1 bg-line" />
        </div>
      ) : (
        <h2 id="sign-in-title" className="mb-4 text-[15px] font-[640]">
          {heading}
        </h2>
      )}
      <div className="grid gap-3.5">
        <TextField
          label={words.email}
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          spellCheck={false}
          size="lg"
          error={missing.email}
        />
        <PasswordField
          label={words.password}
          name="password"
          autoComplete="current-password"
          size="lg"
          error={missing.password}
        />
        <p role="alert" className="text-danger empty:hidden">
          {problem}
        </p>
        <Button
          type="submit"
          variant={divided ? 'secondary' : 'primary'}
          size="lg"
          busy={busy}
          className="w-full"
        >
          {words.submit}
        </Button>
      </div>
    </form>
  );
}
