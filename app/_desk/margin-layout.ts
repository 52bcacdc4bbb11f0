/**
 * Where the cards of the margin go, so that each is beside its line and none lies on another.
 *
 * The chosen card takes its true place. From it downwards each card goes to its line or, if that is taken, right
 * under the one before; upwards likewise, mirrored. What would end further than MAX_DRIFT from its line is not
 * drawn by itself: it becomes part of a cluster, "12 more here", which takes one row. All in one pass each way.
 */
export interface MarginItem {
  readonly id: string;
  /** Where its line is, from the top of the text. */
  readonly wanted: number;
  readonly height: number;
}

export interface PlacedItem {
  readonly id: string;
  readonly top: number;
  readonly height: number;
  /** More claims than its own stand in this row: their ids, its own included, in the order of the text. */
  readonly cluster: readonly string[];
}

export interface MarginOptions {
  readonly gap: number;
  /** Nothing may begin above this. */
  readonly minTop: number;
  readonly maxDrift: number;
}

interface Row {
  readonly id: string;
  top: number;
  readonly height: number;
  readonly cluster: string[];
}

/** `items` in the order of their lines. */
export function layMargin(
  items: readonly MarginItem[],
  activeId: string | null,
  { gap, minTop, maxDrift }: MarginOptions,
): PlacedItem[] {
  const chosen = activeId === null ? -1 : items.findIndex((item) => item.id === activeId);
  const active = items[chosen];
  if (active === undefined) return downwards(items, minTop, { gap, maxDrift });
  // What stands before it keeps at least one row.
  const room = chosen > 0 ? (items[0]?.height ?? 0) + gap : 0;
  const place: Row = {
    id: active.id,
    top: Math.max(active.wanted, minTop + room),
    height: active.height,
    cluster: [active.id],
  };
  const above = upwards(items.slice(0, chosen), place.top - gap, { gap, maxDrift, minTop });
  const below = downwards(items.slice(chosen + 1), place.top + place.height + gap, { gap, maxDrift });
  return [...above, place, ...below];
}

function downwards(
  items: readonly MarginItem[],
  from: number,
  { gap, maxDrift }: { gap: number; maxDrift: number },
): Row[] {
  const rows: Row[] = [];
  let free = from;
  for (const { id, wanted, height } of items) {
    const top = Math.max(wanted, free);
    const last = rows.at(-1);
    // Drift is counted from where the row could have been at best: a tall chosen card is nobody's fault.
    if (last !== undefined && top - Math.max(wanted, from) > maxDrift) {
      last.cluster.push(id);
      continue;
    }
    rows.push({ id, top, height, cluster: [id] });
    free = top + height + gap;
  }
  return rows;
}

function upwards(
  items: readonly MarginItem[],
  limit: number,
  { gap, maxDrift, minTop }: { gap: number; maxDrift: number; minTop: number },
): Row[] {
  // First as if nothing were chosen, then what reaches below the limit is pushed up.
  const rows = downwards(items, minTop, { gap, maxDrift });
  let bottom = limit;
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index];
    if (row === undefined || row.top + row.height <= bottom) break;
    row.top = bottom - row.height;
    bottom = row.top - gap;
  }
  return foldAbove(rows, minTop);
}

/** Rows that were pushed over the upper edge are folded into the first that has room. */
function foldAbove(rows: Row[], minTop: number): Row[] {
  const over = rows.filter((row) => row.top < minTop);
  if (over.length === 0) return rows;
  const kept = rows.slice(over.length);
  const first = kept[0];
  if (first !== undefined) {
    first.cluster.unshift(...over.flatMap((row) => row.cluster));
    return kept;
  }
  const last = over.at(-1);
  if (last === undefined) return kept;
  return [{ ...last, top: minTop, cluster: over.flatMap((row) => row.cluster) }];
}

/** The rows that touch a stretch of the margin; `rows` are in order. */
export function rowsBetween(rows: readonly PlacedItem[], top: number, bottom: number): readonly PlacedItem[] {
  return rows.filter((row) => row.top + row.height >= top && row.top <= bottom);
}
