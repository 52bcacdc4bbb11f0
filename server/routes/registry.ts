/** The list of everything under /api/v1: a new subject is a file beside this one and a line here. */
import { collectRoutes, type Route } from '#server/http/api.ts';
import { claimRoutes } from './claims.ts';
import { meRoutes } from './me.ts';
import { reportRoutes } from './reports.ts';
import { searchRoutes } from './search.ts';
import { threadRoutes } from './threads.ts';

export function allRoutes(): Route[] {
  return collectRoutes((api) => {
    meRoutes(api);
    claimRoutes(api);
    threadRoutes(api);
    reportRoutes(api);
    searchRoutes(api);
  });
}
