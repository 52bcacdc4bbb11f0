/**
 * Each format of a report of 60 pages (30,000 words) with 1,000 claims and 2,000 comments: from request to last byte, how
 * much larger the server was meanwhile (all its threads), and how large the file is.
 */
import { makeReport } from '../content.mjs';
import { figure, median, repeat } from '../measure.mjs';
import { ask, startServer, TOKEN } from '../server.mjs';

const REPORT = { words: 30_000, claims: 1_000, comments: 2 };
/** What was set: milliseconds, MB of memory, MB of the file. */
const FORMATS = {
  docx: { ms: 1_500, memory: 200 },
  pdf: { ms: 3_000, memory: 250, file: 3 },
  xlsx: { ms: 1_000 },
  csv: { ms: 200 },
  html: { ms: 500 },
  md: { ms: 300 },
  webannotation: { ms: 300 },
  claimreview: {},
  json: {},
};
const RUNS = 5;
const SAMPLE_MILLISECONDS = 20;
const MB = 2 ** 20;

export async function run() {
  const server = await startServer();
  try {
    const { id } = await makeReport(server, REPORT);
    await ask(server, 'GET', `/reports/${id}/text`);
    const figures = [];
    for (const [format, goals] of Object.entries(FORMATS)) {
      let bytes = 0;
      const before = server.residentMb();
      const sampler = sampleMost(() => server.residentMb());
      const times = await repeat(RUNS, async () => {
        bytes = (await download(server, `/reports/${id}/export?format=${format}`)).byteLength;
      });
      const most = sampler.stop();
      figures.push(
        figure(`export ${format}`, median(times), 'ms', {
          goal: goals.ms,
          runs: RUNS,
          note: `first ${Math.round(times[0])} ms`,
        }),
        figure(`export ${format}, memory`, Math.max(0, most - before), 'MB', {
          goal: goals.memory,
          note: `above ${Math.round(before)} MB before it`,
        }),
        figure(`export ${format}, file`, bytes / MB, 'MB', { goal: goals.file }),
      );
    }
    return figures;
  } finally {
    await server.stop();
  }
}

/** The most that was seen between now and `stop`. */
function sampleMost(read) {
  let most = read();
  const timer = setInterval(() => (most = Math.max(most, read())), SAMPLE_MILLISECONDS);
  return {
    stop() {
      clearInterval(timer);
      return most;
    },
  };
}

async function download(server, path) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    headers: { Authorization: `Bearer ${TOKEN}` },
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.arrayBuffer();
}
