/**
 * The whole database, one dialect for the embedded engine and for PostgreSQL (15 or newer). Every row of the
 * domain carries `workspace_id`, so nothing can be read without saying whose it is. Ids are UUIDs, often made
 * by the client, so that a retry makes nothing twice. Times are timestamptz. Rows that people made are hidden
 * (`deleted_at`), not erased.
 */
export * from './schema/auth.ts';
export * from './schema/workspace.ts';
export * from './schema/report.ts';
export * from './schema/document.ts';
export * from './schema/claim.ts';
export * from './schema/thread.ts';
export * from './schema/log.ts';
