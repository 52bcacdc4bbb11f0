/**
 * The words in a field of a form. Forms that the server renders are read when they are sent, not letter by letter:
 * what was typed before the page's code arrived is in them too. They have `method="post"`, so that one sent that early
 * puts no password into the address.
 */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
