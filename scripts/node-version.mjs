/**
 * Imported first by every script, for its effect: a Node.js that is too old gets one sentence instead of a
 * syntax error from deep inside a dependency.
 */
export const MINIMUM_NODE = [20, 19];

/** The sentence for a version that is too old, or null when `version` ("20.19.4") will do. */
export function nodeVersionComplaint(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantMajor, wantMinor] = MINIMUM_NODE;
  if (major > wantMajor || (major === wantMajor && minor >= wantMinor)) return null;
  return `Proofdesk needs Node.js ${wantMajor}.${wantMinor} or newer; this is ${version}. See https://nodejs.org/en/download`;
}

const complaint = nodeVersionComplaint(process.versions.node);
if (complaint !== null) {
  process.stderr.write(`${complaint}\n`);
  process.exit(1);
}
