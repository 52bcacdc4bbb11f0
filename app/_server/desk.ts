/** What the report screen begins with. */
import 'server-only';
import { cache } from 'react';
import * as server from '#server/api.ts';
import type { Principal } from './session.ts';

export type DeskData = NonNullable<Awaited<ReturnType<typeof server.loadDesk>>>;

/** Null: there is no such report for this person. Asked once a request. */
export const deskData = cache(async (principal: Principal, reportId: string): Promise<DeskData | null> =>
  server.loadDesk(principal, reportId),
);
