import { expect, it } from 'vitest';
import { notify, notifyProblem, takeNotices } from '../../../app/_ui/toast.tsx';

it('keeps what is said before anything can draw it, in order', () => {
  notify('Archived');
  notifyProblem('Refused', 'It is locked');
  const shown: string[] = [];
  const end = takeNotices(({ message, isProblem }) => shown.push(`${message} ${isProblem}`));
  notify('Renamed');
  expect(shown).toEqual(['Archived false', 'Refused true', 'Renamed false']);
  end();
  notify('Later');
  expect(shown).toHaveLength(3);
  takeNotices(({ message }) => shown.push(message))();
  expect(shown.at(-1)).toBe('Later');
});
