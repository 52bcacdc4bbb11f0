/** The commands of `npm run proofdesk`, one function each. Files are named as the caller sees them. */
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { and, asc, eq, isNull } from 'drizzle-orm';
import * as Y from 'yjs';
import { AppError } from '#core/errors.ts';
import { CLAIMS_ROOT } from '#core/text/schema.ts';
import { DEMO_DOMAIN } from '#db/queries/accounts.ts';
import { documentHead } from '#db/queries/document-log.ts';
import { getReport, listReportIds } from '#db/queries/reports.ts';
import { members, reports, users } from '#db/schema.ts';
import { addMember } from '#server/commands/members.ts';
import { makeFirstOwner } from '#server/commands/setup.ts';
import { makeToken } from '#server/commands/tokens.ts';
import { zipStream } from '#server/export/archive.ts';
import { entriesOf, exported } from '#server/export/report-files.ts';
import { followText } from '#server/jobs/stale-watch.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { backup, restore } from './backup.ts';
import type { Output } from './output.ts';
import {
  exportOptions,
  formatNamed,
  needed,
  only,
  reportNamed,
  reportsNamed,
  roleNamed,
  type Options,
} from './usage.ts';
import { verify } from './verify.ts';

export interface Asked {
  runtime: Runtime;
  output: Output;
  /** What stands behind the command's name. */
  words: readonly string[];
  options: Options;
  /** Where the caller stands. */
  cwd: string;
}

export async function userAdd({ runtime, output, options }: Asked): Promise<void> {
  const email = needed(options, 'email');
  const name = needed(options, 'name');
  const role = roleNamed(options['role']);
  const { password } = options;
  if (role === 'owner' && password !== undefined && (await firstOwner(runtime)) === undefined) {
    const made = await makeFirstOwner(runtime, { email, name, password, token: null });
    if (made !== null)
      return output.result({ email, role }, [`Made ${name} <${email}> the owner of a new workspace`]);
  }
  const { member, invitation } = await addMember(runtime, await actingOwner(runtime, options), {
    email,
    name,
    role,
    ...(password === undefined ? {} : { password }),
  });
  const base = runtime.config.publicUrl ?? `http://localhost:${runtime.config.port}`;
  const url = invitation === null ? null : `${base}/invitation?token=${invitation.secret}`;
  const link = url === null ? [] : [`Invitation, good for one use: ${url}`];
  output.result({ id: member.id, email, role, invitation: url }, [
    `Added ${name} <${email}> as ${role}`,
    ...link,
  ]);
}

export async function tokenCreate({ runtime, output, options }: Asked): Promise<void> {
  const principal = await memberNamed(runtime, needed(options, 'email'));
  const { token, secret } = await makeToken(runtime, principal, { name: options['name'] ?? 'command line' });
  output.result({ id: token.id, token: secret }, [
    `Token of ${principal.email}, shown once: ${secret ?? ''}`,
  ]);
}

export async function exportReport({ runtime, output, words, options, cwd }: Asked): Promise<void> {
  const principal = await actingOwner(runtime, options);
  const format = formatNamed(options);
  const chosen = exportOptions(options);
  const file = path.resolve(cwd, needed(options, 'output'));
  const [one, ...more] = reportsNamed(words, options);
  if (one !== undefined && more.length === 0) {
    const { bytes } = await exported(runtime, principal, one, format, chosen);
    await writeFile(file, bytes);
    return output.result({ file, format: options['format'], reports: 1 }, [`Wrote ${file}`]);
  }
  const all = words.length > 0 ? words : await listReportIds(runtime.database.db, principal.workspaceId);
  await pipeline(zipStream(entriesOf(runtime, principal, all, format, chosen)), createWriteStream(file));
  return output.result({ file, format: options['format'], reports: all.length }, [
    `Wrote ${file} with ${all.length} reports`,
  ]);
}

export async function inspect({ runtime, output, words, options }: Asked): Promise<void> {
  const principal = await actingOwner(runtime, options);
  const reportId = reportNamed(words);
  const report = await getReport(runtime.database.db, principal.workspaceId, reportId);
  const head = await documentHead(runtime.database.db, reportId);
  const found = await runtime.rooms.read({ workspaceId: principal.workspaceId, reportId }, (doc) => ({
    bytes: Y.encodeStateAsUpdate(doc).byteLength,
    clients: doc.store.clients.size,
    entries: doc.getMap(CLAIMS_ROOT).size,
  }));
  output.result({ report, head, ...found }, [
    `${report.title}  (${report.id})`,
    `${report.status}, ${report.locked ? 'locked' : 'unlocked'}, ${report.wordCount} words, ${report.claims.total} claims, ${report.claims.decided} decided`,
    `source: ${report.source.kind}, sha256 ${report.source.sha256}`,
    `document: ${found.bytes} bytes, log at ${head}, ${found.clients} clients, ${found.entries} entries`,
  ]);
}

export async function verifyAll({ runtime, output }: Asked): Promise<void> {
  const found = await verify(runtime);
  const summary = `${found.reports} reports, ${found.claims} claims, ${found.auditEvents} audit events`;
  output.result(found, [...found.findings.map(({ subject, problem }) => `${subject}: ${problem}`), summary]);
  if (found.findings.length > 0) throw new AppError('conflict', `${found.findings.length} problems found`);
}

export async function reindex({ runtime, output }: Asked): Promise<void> {
  const rows = await runtime.database.db
    .select({ reportId: reports.id, workspaceId: reports.workspaceId })
    .from(reports);
  for (const ref of rows) await followText(runtime, ref, null);
  output.result({ reports: rows.length }, [`${rows.length} reports read again`]);
}

export async function backupTo({ runtime, output, words, cwd }: Asked): Promise<void> {
  const file = path.resolve(cwd, only(words, 'backup FILE'));
  const rows = await backup(runtime.database, file, runtime.now());
  output.result({ file, rows }, [`Wrote ${rows} rows to ${file}`]);
}

export async function restoreFrom({ runtime, output, words, cwd }: Asked): Promise<void> {
  const file = path.resolve(cwd, only(words, 'restore FILE'));
  const rows = await restore(runtime.database, file);
  output.result({ file, rows }, [`Restored ${rows} rows from ${file}`]);
}

/** In whose name: `--as EMAIL`, else the first owner outside the demo. */
export async function actingOwner(runtime: Runtime, options: Asked['options']): Promise<Principal> {
  const given = options['as'];
  if (given !== undefined) return memberNamed(runtime, given);
  const found = await firstOwner(runtime);
  if (found !== undefined) return found;
  throw new AppError(
    'not_found',
    'There is no owner yet; make one: user add --role owner --email E --name N --password P (or name a member with --as EMAIL)',
  );
}

async function firstOwner(runtime: Runtime): Promise<Principal | undefined> {
  const all = await membersWhere(runtime);
  return all.find((one) => one.role === 'owner' && !one.email.endsWith(DEMO_DOMAIN));
}

async function memberNamed(runtime: Runtime, email: string): Promise<Principal> {
  const found = (await membersWhere(runtime)).find((one) => one.email === email.toLowerCase());
  if (found === undefined) throw new AppError('not_found', `There is no member ${email}`);
  return found;
}

async function membersWhere({ database }: Runtime): Promise<Principal[]> {
  const rows = await database.db
    .select({
      workspaceId: members.workspaceId,
      memberId: members.id,
      userId: users.id,
      name: users.name,
      email: users.email,
      color: members.color,
      role: members.role,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(isNull(members.removedAt)))
    .orderBy(asc(members.joinedAt));
  return rows.map((row) => ({ ...row, via: { kind: 'system' } }));
}
