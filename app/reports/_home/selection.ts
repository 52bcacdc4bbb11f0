/**
 * Which reports are chosen, to be exported together. The last one that was pressed is where a range begins. What is no
 * longer shown is no longer chosen: nobody exports what they do not see.
 */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Where a range begins; null before the first. */
  readonly from: string | null;
}

export const nothingChosen: Selection = { ids: new Set(), from: null };

/** Takes one in or out; with `isRange` all from the last one to it become as it does. */
export function toggled(
  selection: Selection,
  id: string,
  { shown, isRange }: { shown: readonly string[]; isRange: boolean },
): Selection {
  const ids = new Set(selection.ids);
  const isTaken = !ids.has(id);
  const range = isRange && selection.from !== null ? between(shown, selection.from, id) : [id];
  for (const one of range) {
    if (isTaken) ids.add(one);
    else ids.delete(one);
  }
  return { ids, from: id };
}

function between(shown: readonly string[], from: string, to: string): readonly string[] {
  const [a, b] = [shown.indexOf(from), shown.indexOf(to)];
  if (a < 0 || b < 0) return [to];
  return shown.slice(Math.min(a, b), Math.max(a, b) + 1);
}

/** All that is shown, or none if all are. */
export function toggledAll(selection: Selection, shown: readonly string[]): Selection {
  const areAll = shown.every((id) => selection.ids.has(id));
  return areAll ? nothingChosen : { ids: new Set(shown), from: selection.from };
}

/** In the order of the list. */
export function chosenOf(selection: Selection, shown: readonly string[]): string[] {
  return shown.filter((id) => selection.ids.has(id));
}
