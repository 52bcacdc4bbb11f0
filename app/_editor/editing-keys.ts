/** Keys and input rules of rich text: for the report while it is unlocked, and for rationales. */
import { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import {
  inputRules,
  textblockTypeInputRule,
  wrappingInputRule,
  type InputRule,
} from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import type { Schema } from 'prosemirror-model';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import type { Command, Plugin } from 'prosemirror-state';
import { goToNextCell } from 'prosemirror-tables';
import { redoCommand, undoCommand } from 'y-prosemirror';

/** Plugins that do nothing while `isEditable` answers false. */
export function editingPlugins(schema: Schema, isEditable: () => boolean): readonly Plugin[] {
  const guarded = Object.entries({ ...markKeys(schema), ...blockKeys(schema), ...undoKeys }).map(
    ([name, command]) => [name, whileEditable(command, isEditable)] as const,
  );
  const base = Object.entries(baseKeymap).map(
    ([name, command]) => [name, whileEditable(command, isEditable)] as const,
  );
  return [
    inputRules({ rules: rulesOf(schema) }),
    keymap(Object.fromEntries(guarded)),
    keymap(Object.fromEntries(base)),
  ];
}

function whileEditable(command: Command, isEditable: () => boolean): Command {
  return (state, dispatch, view) => isEditable() && command(state, dispatch, view);
}

const undoKeys: Readonly<Record<string, Command>> = {
  'Mod-z': undoCommand,
  'Mod-y': redoCommand,
  'Mod-Shift-z': redoCommand,
};

function markKeys({ marks }: Schema): Record<string, Command> {
  const keys: Record<string, Command> = {};
  if (marks['strong'] !== undefined) keys['Mod-b'] = toggleMark(marks['strong']);
  if (marks['em'] !== undefined) keys['Mod-i'] = toggleMark(marks['em']);
  if (marks['underline'] !== undefined) keys['Mod-u'] = toggleMark(marks['underline']);
  if (marks['code'] !== undefined) keys['Mod-e'] = toggleMark(marks['code']);
  if (marks['strike'] !== undefined) keys['Mod-Shift-x'] = toggleMark(marks['strike']);
  return keys;
}

function blockKeys({ nodes }: Schema): Record<string, Command> {
  const keys: Record<string, Command> = {};
  const { paragraph, heading, bullet_list: bullets, ordered_list: numbers, list_item: item } = nodes;
  const { blockquote, hard_break: lineBreak, table } = nodes;
  const addBreak: Command = (state, dispatch) => {
    if (lineBreak === undefined) return false;
    dispatch?.(state.tr.replaceSelectionWith(lineBreak.create()).scrollIntoView());
    return true;
  };
  keys['Shift-Enter'] = chainCommands(exitCode, addBreak);
  if (paragraph !== undefined) keys['Mod-Alt-0'] = setBlockType(paragraph);
  if (heading !== undefined)
    for (const level of [1, 2, 3]) keys[`Mod-Alt-${level}`] = setBlockType(heading, { level });
  if (bullets !== undefined) keys['Mod-Shift-8'] = wrapInList(bullets);
  if (numbers !== undefined) keys['Mod-Shift-7'] = wrapInList(numbers);
  if (blockquote !== undefined) keys['Mod-Shift-9'] = wrapIn(blockquote);
  const cell = (direction: 1 | -1): readonly Command[] =>
    table === undefined ? [] : [goToNextCell(direction)];
  if (item !== undefined) {
    keys['Enter'] = splitListItem(item);
    keys['Tab'] = chainCommands(...cell(1), sinkListItem(item));
    keys['Shift-Tab'] = chainCommands(...cell(-1), liftListItem(item));
  }
  return keys;
}

function rulesOf({ nodes }: Schema): InputRule[] {
  const rules: InputRule[] = [];
  const { heading, bullet_list: bullets, ordered_list: numbers, blockquote, code_block: code } = nodes;
  if (blockquote !== undefined) rules.push(wrappingInputRule(/^\s*>\s$/, blockquote));
  if (bullets !== undefined) rules.push(wrappingInputRule(/^\s*[-+*]\s$/, bullets));
  if (numbers !== undefined)
    rules.push(wrappingInputRule(/^(\d{1,4})\.\s$/, numbers, (match) => ({ order: Number(match[1]) })));
  if (code !== undefined) rules.push(textblockTypeInputRule(/^```$/, code));
  if (heading !== undefined)
    rules.push(
      textblockTypeInputRule(/^(#{1,6})\s$/, heading, (match) => ({ level: (match[1] ?? '#').length })),
    );
  return rules;
}
