/**
 * What was installed and what was built, as hashes of what they came from. Reading and hashing the sources takes
 * milliseconds, and unlike times of modification it survives a clone, a checkout and a copied folder.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file's text, or null when there is no such file. */
export function readOrNull(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  }
}

function listFiles(root, path) {
  let entries;
  try {
    entries = readdirSync(join(root, path), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return entries.flatMap((entry) => {
    const inner = `${path}/${entry.name}`;
    return entry.isDirectory() ? listFiles(root, inner) : [inner];
  });
}

/** One hash over the names and bytes of these files and folders (relative to root); missing ones count too. */
export function fingerprint(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((each) => listFiles(root, each)).sort()) {
    hash.update(`${path}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(root, path)))
        .digest(),
    );
  }
  return hash.digest('hex');
}

/** The version of a package in node_modules, or null when it is not there. */
function installedVersion(root, path) {
  const manifest = readOrNull(join(root, path, 'package.json'));
  return manifest === null ? null : JSON.parse(manifest).version;
}

/**
 * Does node_modules hold what the lock file asks for? npm writes node_modules/.package-lock.json last, so without
 * it an install was cut off. (What is in that file is no proof: `npm install --package-lock-only` rewrites it.)
 * Optional packages, such as other platforms', may be absent.
 */
export function isInstalled(root) {
  const wanted = readOrNull(join(root, 'package-lock.json'));
  if (wanted === null || readOrNull(join(root, 'node_modules/.package-lock.json')) === null) return false;
  return Object.entries(JSON.parse(wanted).packages).every(([path, info]) => {
    if (!path.startsWith('node_modules/')) return true;
    const version = installedVersion(root, path);
    if (version === null) return info.optional === true;
    return info.link === true || version === info.version;
  });
}
