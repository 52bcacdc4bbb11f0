/** The list of everything under /api/v1: a new subject is a file beside this one and a line here. */
import { collectRoutes, type Route } from '#server/http/api.ts';
import { annotationRoutes } from './annotations.ts';
import { claimRoutes } from './claims.ts';
import { entryRoutes } from './entry.ts';
import { exportRoutes } from './exports.ts';
import { historyRoutes } from './history.ts';
import { imageRoutes } from './images.ts';
import { meRoutes } from './me.ts';
import { memberRoutes } from './members.ts';
import { reportRoutes } from './reports.ts';
import { returnedRoutes } from './returned.ts';
import { schemaRoutes } from './schemas.ts';
import { searchRoutes } from './search.ts';
import { suggestionRoutes } from './suggestions.ts';
import { threadRoutes } from './threads.ts';
import { tokenRoutes } from './tokens.ts';

export function allRoutes(): Route[] {
  return collectRoutes((api) => {
    meRoutes(api);
    memberRoutes(api);
    tokenRoutes(api);
    entryRoutes(api);
    claimRoutes(api);
    threadRoutes(api);
    suggestionRoutes(api);
    annotationRoutes(api);
    returnedRoutes(api);
    reportRoutes(api);
    exportRoutes(api);
    imageRoutes(api);
    historyRoutes(api);
    searchRoutes(api);
    schemaRoutes(api);
  });
}
