import { notifyProblem } from '../_ui/toast.tsx';
import { ask, sentenceOf } from './request.ts';

/** Ends the session and leaves the screen; a failure stays where one is and says so. */
export async function signOut(): Promise<void> {
  try {
    await ask.post('/api/auth/sign-out');
    window.location.assign('/sign-in');
  } catch (error) {
    notifyProblem(sentenceOf(error));
  }
}
