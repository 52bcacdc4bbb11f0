'use client';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '#core/limits.ts';
import { useState, type SyntheticEvent } from 'react';
import { ask, RequestProblem, sentenceOf } from '../_session/request.ts';
import { entryStrings } from '../_strings/en-entry.ts';
import { Button } from '../_ui/button.tsx';
import { PasswordField } from '../_ui/field.tsx';

const words = entryStrings.invitation;

export function InvitationForm({ token }: { token: string }) {
  const [busy, setBusy] = useState(false);
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const { email } = await ask.post<{ email: string }>('/api/v1/invitations/accept', { token, password });
      await ask.post('/api/auth/sign-in/email', { email, password });
      window.location.assign('/reports');
    } catch (error) {
      const used = error instanceof RequestProblem && [401, 403, 404, 409].includes(error.status);
      setProblem(used ? words.used : sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} className="mt-6 grid gap-4">
      <PasswordField
        label={words.password}
        autoComplete="new-password"
        required
        size="lg"
        minLength={MIN_PASSWORD_LENGTH}
        maxLength={MAX_PASSWORD_LENGTH}
        hint={entryStrings.setup.passwordHint(MIN_PASSWORD_LENGTH)}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <p role="alert" className="text-danger empty:hidden">
        {problem}
      </p>
      <Button type="submit" variant="primary" size="lg" busy={busy}>
        {words.submit}
      </Button>
    </form>
  );
}
