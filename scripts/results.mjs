/**
 * Counts what a test runner did from its JSON report. Nothing may pass by not running: a skipped test, a file that
 * could not be loaded, a suite without tests, and a runner that left no report are failures.
 */

/** Adds tallies `{passed, failed, problems}`; problems are sentences for people. */
export function sum(tallies) {
  const total = { passed: 0, failed: 0, problems: [] };
  for (const { passed, failed, problems } of tallies) {
    total.passed += passed;
    total.failed += failed;
    total.problems.push(...problems);
  }
  return total;
}

function parse(runner, text, exit) {
  if (text === null) return { broken: `${runner} ended with code ${exit.code} and left no report` };
  try {
    return { report: JSON.parse(text) };
  } catch (error) {
    return { broken: `${runner} left a report that is not JSON: ${error.message}` };
  }
}

/** What the exit code knows and the tests do not say: an error outside of any test, or a time-out. */
function fromExit(runner, tally, exit) {
  if (exit.timedOut) tally.problems.push(`${runner} took too long and was stopped`);
  else if (exit.code !== 0 && tally.failed === 0) {
    tally.problems.push(`${runner} ended with code ${exit.code} though no test failed`);
  } else return tally;
  tally.failed += 1;
  return tally;
}

/**
 * @param text vitest's JSON report, or null
 * @param exit `{code, timedOut}` of the runner
 * @param suites names under tests/ that must have run at least one test
 */
export function tallyVitest(text, exit, suites = []) {
  const { report, broken } = parse('vitest', text, exit);
  if (broken) return { passed: 0, failed: 1, problems: [broken] };
  const tally = { passed: 0, failed: 0, problems: [] };
  const ran = new Set();
  for (const file of report.testResults) {
    const [, name = file.name] = file.name.split(/[\\/]tests[\\/]/);
    for (const test of file.assertionResults) {
      const passed = test.status === 'passed';
      tally[passed ? 'passed' : 'failed'] += 1;
      ran.add(name.split(/[\\/.]/)[0]);
      if (!passed && test.status !== 'failed')
        tally.problems.push(`${test.status}: tests/${name}: ${test.fullName}`);
    }
    if (file.status === 'failed' && file.assertionResults.every(({ status }) => status === 'passed')) {
      tally.failed += 1;
      tally.problems.push(`tests/${name} could not run: ${file.message}`);
    }
  }
  for (const suite of suites.filter((each) => !ran.has(each))) {
    tally.failed += 1;
    tally.problems.push(`no test ran in tests/${suite}`);
  }
  return fromExit('vitest', tally, exit);
}

/** The same for Playwright's JSON report. */
export function tallyPlaywright(text, exit) {
  const { report, broken } = parse('playwright', text, exit);
  if (broken) return { passed: 0, failed: 1, problems: [broken] };
  const { expected, unexpected, flaky, skipped } = report.stats;
  const tally = { passed: expected, failed: unexpected + flaky + skipped, problems: [] };
  if (skipped > 0) tally.problems.push(`${skipped} browser tests were skipped or did not run`);
  if (expected + unexpected + flaky + skipped === 0) {
    tally.failed += 1;
    tally.problems.push('no browser test ran');
  }
  for (const error of report.errors) tally.problems.push(`playwright: ${error.message}`);
  return fromExit('playwright', tally, exit);
}
