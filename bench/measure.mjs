/** Figures and how they are told: the middle of several runs, percentiles of many, one line each in a table. */
import { cpus, totalmem } from 'node:os';

export function median(values) {
  return percentile(values, 50);
}

/** Nearest rank, so that the figure is one that was measured. NaN without values. */
export function percentile(values, percent) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** Runs `work` and answers how many milliseconds it took, and what it answered. */
export async function timed(work) {
  const started = performance.now();
  const answer = await work();
  return { ms: performance.now() - started, answer };
}

/** Times of several runs, one after the other. */
export async function repeat(runs, work) {
  const times = [];
  for (let run = 0; run < runs; run++) times.push((await timed(() => work(run))).ms);
  return times;
}

/**
 * One line of the results. `goal` is an upper bound in the same unit (null: there is none); `note` says what the
 * figure stands for. `ratio` puts it beside a floor or a peer measured in the same run.
 */
export function figure(name, value, unit, { goal = null, ratio = null, runs = null, note = null } = {}) {
  return { name, value: Number(value.toPrecision(4)), unit, goal, ratio, runs, note };
}

/** The usual two of a latency. */
export function latency(name, times, { goal = null, floor = null, note = null } = {}) {
  return [50, 95].map((percent) => {
    const value = percentile(times, percent);
    const ratio = floor === null ? null : Number((value / percentile(floor, percent)).toPrecision(3));
    const options = { goal: percent === 95 ? goal : null, ratio, runs: times.length, note };
    return figure(`${name}, p${percent}`, value, 'ms', options);
  });
}

export function machine() {
  const [cpu] = cpus();
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpus: cpus().length,
    cpu: cpu?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
  };
}

export function table(rows) {
  const cells = rows.map(({ name, value, unit, goal, ratio, note }) => [
    name,
    `${value} ${unit}`,
    goal === null ? '' : `${value <= goal ? 'reached' : 'missed'} (${goal})`,
    ratio === null ? '' : `× ${ratio}`,
    note ?? '',
  ]);
  const all = [['what', 'figure', 'goal', 'floor', 'note'], ...cells];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  return all
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
