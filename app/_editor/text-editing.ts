/**
 * What editing the report's text takes beside reading it: keys, input rules, lists, tables. A report is locked as a
 * rule, so this is a script of its own, and a view without it is locked whatever it is told.
 */
import type { Plugin } from 'prosemirror-state';
import { tableEditing } from 'prosemirror-tables';
import { reportSchema } from '#core/text/schema.ts';
import { editingPlugins } from './editing-keys.ts';

export type TextEditing = (isEditable: () => boolean) => readonly Plugin[];

export const textEditing: TextEditing = (isEditable) => [
  ...editingPlugins(reportSchema, isEditable),
  tableEditing(),
];
