/** The lines of a comparison as a table: a column a server, then what was to be reached, and who is better. */

const TITLES = {
  ours: 'this, embedded',
  oursOnPostgres: 'this, PostgreSQL',
  yWebsocket: 'y-websocket',
  hocuspocus: 'Hocuspocus',
  relay: 'relay',
};
const OURS = ['ours', 'oursOnPostgres'];

/** `values[a] / values[b]`, or null. */
function ratio({ values }, a, b) {
  if (values[a] === undefined || values[b] === undefined || values[b] === 0) return null;
  return Number((values[a] / values[b]).toPrecision(3));
}

/** Whether `value` is at least as good as `limit`. */
const reaches = (value, limit, isBetter) => (isBetter === 'more' ? value >= limit : value <= limit);

function verdict(line, { to, least, aim }, name) {
  const value = to === undefined ? line.values[name] : ratio(line, name, to);
  if (value === undefined || value === null) return null;
  const words = reaches(value, aim, line.isBetter)
    ? 'aim reached'
    : reaches(value, least, line.isBetter)
      ? 'reached'
      : 'missed';
  const target = to === undefined ? `${value}` : `${value} × ${TITLES[to]}`;
  return `${words}: ${target} (${least}; ${aim})`;
}

/** The peers (not the relay, which keeps nothing) that are better than this server on its embedded database. */
export function betterPeers({ values, isBetter }) {
  if (isBetter === null || values.ours === undefined) return [];
  return ['yWebsocket', 'hocuspocus'].filter(
    (peer) => values[peer] !== undefined && !reaches(values.ours, values[peer], isBetter),
  );
}

export function compare(lines) {
  const names = Object.keys(TITLES).filter((name) =>
    lines.some(({ values, failed }) => name in values || name in failed),
  );
  const header = [
    'what',
    ...names.map((name) => TITLES[name]),
    'to reach (at least; aim)',
    'better than ours',
  ];
  const rows = lines.map((line) => [
    line.name,
    ...names.map((name) => cell(line, name)),
    OURS.filter((name) => name in line.values)
      .flatMap((name) =>
        line.goals.filter(({ on = name }) => on === name).map((goal) => verdict(line, goal, name)),
      )
      .filter((words) => words !== null)
      .join(', '),
    betterPeers(line)
      .map((name) => TITLES[name])
      .join(', '),
  ]);
  const broken = lines.flatMap(({ name, failed }) =>
    Object.entries(failed).map(([server, error]) => `failed: ${name}, ${TITLES[server]}: ${error}`),
  );
  return [...aligned([header, ...rows]), ...new Set(broken)].join('\n');
}

function cell({ values, failed, unit }, name) {
  if (name in failed) return 'failed';
  return name in values ? `${values[name].toLocaleString('en')} ${unit}`.trim() : '–';
}

function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((words, i) => words.padEnd(widths[i]))
      .join('  ')
      .trimEnd(),
  );
}
