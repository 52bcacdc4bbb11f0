import { roles } from '#core/domain/words.ts';
import { strings } from '../../_strings/en.ts';

/** From the most to the least. */
export const roleOptions = [...roles]
  .reverse()
  .map((role) => ({ value: role, label: strings.roles[role], hint: strings.roleMeaning[role] }));
