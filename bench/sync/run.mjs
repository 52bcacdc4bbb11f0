/** Runs scenarios, each on every server in turn, so that the figures of one line are as close in time as can be. */

/**
 * Answers a line for each figure of each scenario: `values` by server's name, `failed` by server's name where the
 * scenario broke there. A server is started anew after that.
 */
export async function runScenarios(scenarios, servers, options) {
  const lines = [];
  for (const scenario of scenarios) {
    const [results, failed] = [{}, {}];
    for (const server of servers) {
      if (scenario.needsDocuments === true && !server.hasDocuments) continue;
      if (scenario.only !== undefined && !scenario.only.includes(server.name)) continue;
      const started = performance.now();
      const driver = process.cpuUsage();
      try {
        results[server.name] = await scenario.measure(server, options);
      } catch (error) {
        failed[server.name] = error.message;
        await restart(server);
      }
      const { user, system } = process.cpuUsage(driver);
      const seconds = (performance.now() - started) / 1_000;
      say(scenario, server, results[server.name] ?? { failed: failed[server.name] }, {
        seconds,
        driver: (user + system) / 1e6 / seconds,
      });
    }
    for (const [key, about] of Object.entries(scenario.figures))
      lines.push(lineOf(key, about, results, failed));
  }
  return lines;
}

async function restart(server) {
  await server.kill();
  await server.start();
}

function lineOf(key, { name, unit, isBetter = 'less', goals = [], note = null }, results, failed) {
  const values = Object.fromEntries(
    Object.entries(results)
      .filter(([, result]) => result[key] !== undefined)
      .map(([server, result]) => [server, round(result[key])]),
  );
  return { name, unit, isBetter, goals, note, values, failed };
}

const round = (value) => Number(value.toPrecision(4));

function say({ title }, server, result, { seconds, driver }) {
  const figures = Object.entries(result).map(([key, value]) =>
    typeof value === 'number' ? `${key} ${round(value)}` : `${key}: ${value}`,
  );
  const busy = `${seconds.toFixed(1)} s, driver busy ${Math.round(driver * 100)} %`;
  process.stderr.write(`  ${title}, ${server.title}: ${figures.join(', ')} (${busy})\n`);
}
