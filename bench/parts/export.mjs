/** Each format of a report of 10,000 words and 300 claims, from request to last byte. */
import { makeReport } from '../content.mjs';
import { figure, median, repeat } from '../measure.mjs';
import { ask, startServer, TOKEN } from '../server.mjs';

const FORMATS = ['html', 'md', 'webannotation', 'csv', 'json'];
const RUNS = 5;

export async function run() {
  const server = await startServer();
  try {
    const { id } = await makeReport(server, { words: 10_000, claims: 300 });
    await ask(server, 'GET', `/reports/${id}/text`);
    const figures = [];
    for (const format of FORMATS) {
      let bytes = 0;
      const times = await repeat(RUNS, async () => {
        bytes = (await download(server, `/reports/${id}/export?format=${format}`)).byteLength;
      });
      figures.push(
        figure(`export ${format}`, median(times), 'ms', {
          runs: RUNS,
          note: `${Math.round(bytes / 1024)} KB`,
        }),
      );
    }
    return figures;
  } finally {
    await server.stop();
  }
}

async function download(server, path) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    headers: { Authorization: `Bearer ${TOKEN}` },
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.arrayBuffer();
}
