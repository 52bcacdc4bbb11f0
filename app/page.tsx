import { redirect } from 'next/navigation';
import { getPrincipal } from './_server/session.ts';

export default async function Root() {
  redirect((await getPrincipal()) === null ? '/sign-in' : '/reports');
}
