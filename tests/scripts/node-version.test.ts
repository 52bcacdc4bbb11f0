import { expect, test } from 'vitest';
import { nodeVersionComplaint } from '../../scripts/node-version.mjs';

test.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('Node.js %s will do', (version) => {
  expect(nodeVersionComplaint(version)).toBeNull();
});

test.each(['20.18.3', '18.20.0'])('Node.js %s is told to be too old, with what is needed', (version) => {
  expect(nodeVersionComplaint(version)).toMatch(`Proofdesk needs Node.js 20.19 or newer; this is ${version}`);
});
