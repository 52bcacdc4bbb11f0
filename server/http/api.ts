/**
 * How a route is told to the server. One file a subject in server/routes, each a function that takes an `Api`:
 *
 *   export function claimRoutes(api: Api): void {
 *     api.route({
 *       method: 'post', path: '/reports/{id}/claims', summary: 'Make a claim', body: addClaim, answers: { 201: claimView },
 *       handle: async ({ runtime, principal, params, body }) => ({ status: 201, body: await … }),
 *     });
 *   }
 *
 * What is told is held: the request is checked before `handle` runs (sign-in, Origin, ability, ids, query, body),
 * the OpenAPI document is made of it, and in tests every answer is checked against its schema.
 * - `{id}` and `{somethingId}` in a path are UUIDs; anything else there is 404. `params` overrules that.
 * - `ability` is asked of the role in the workspace; where the role in a report counts, the command asks.
 * - `publicRoute` needs no sign-in (`principal` may be null).
 * - `raw: {maxBytes, takes}` takes a body of one of these types: `bytes` holds it, `request` has the headers. `maxBytes`
 *   alone raises the limit of a JSON body. A `Response` that `handle` answers goes out as it is (downloads, text).
 * - A failure is thrown as AppError; it becomes a problem document. `problems` names those that the route has beside
 *   what any route has; in tests, one that it does not name is a failure of the test.
 */
import { z } from 'zod';
import type { Ability } from '#core/domain/roles.ts';
import type { ErrorCode } from '#core/errors.ts';
import { DEFAULT_PAGE, MAX_PAGE } from '#core/limits.ts';
import type { Principal } from '#server/principal.ts';
import type { Runtime } from '#server/runtime.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** `handle` answers a Response, of one of these media types. */
export interface RawAnswer {
  /** The schema of what is JSON; null: it has none. */
  readonly types: Readonly<Record<string, z.ZodType | null>>;
  /** Headers that a client needs, each with what it says. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Status to the schema of its JSON body; null: no body. */
export type Answers = Readonly<Record<number, z.ZodType | null | RawAnswer>>;

/** A body that the route reads itself. */
export interface RawBody {
  readonly maxBytes: number;
  /** By media type; `application/json` stands for what ends in `+json` too. */
  readonly takes: Readonly<Record<string, z.ZodType>>;
}

type Names<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;
type PathParams<Path extends string> = string extends Path
  ? Record<string, string>
  : { [N in Names<Path>]: string };

type Output<S> = S extends z.ZodType ? z.output<S> : undefined;
type ParamsOf<P, Path extends string> = P extends z.ZodType ? z.output<P> : PathParams<Path>;

type JsonAnswer<A extends Answers> = {
  [S in keyof A & number]: A[S] extends z.ZodType
    ? { status: S; body: z.input<A[S]> }
    : A[S] extends null
      ? { status: S }
      : never;
}[keyof A & number];

export interface Handling<Who, Params, Query, Body> {
  readonly runtime: Runtime;
  readonly principal: Who;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The body of a raw route; empty otherwise. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly request: Request;
}

export interface RouteSpec<
  Who,
  Path extends string,
  P extends z.ZodType | undefined,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
  A extends Answers,
> {
  readonly method: Method;
  /** Under /api/v1, with `{name}` for parameters. */
  readonly path: Path;
  readonly summary: string;
  readonly ability?: Ability;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly raw?: RawBody;
  readonly maxBytes?: number;
  /** The answer holds a secret: it is never kept for an Idempotency-Key (the command must be safe to repeat). */
  readonly secret?: boolean;
  /** What it is refused for, beside what any route is. Without the list nothing is said, and nothing held. */
  readonly problems?: readonly ErrorCode[];
  readonly answers: A;
  handle(
    asked: Handling<Who, ParamsOf<P, Path>, Output<Q>, Output<B>>,
  ): Promise<JsonAnswer<NoInfer<A>> | Response>;
}

/** A route when its types no longer matter; `handle` is given what the schemas made. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly isPublic: boolean;
  readonly ability?: Ability;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly raw?: RawBody;
  readonly maxBytes?: number;
  readonly secret?: boolean;
  /** What it is refused for, beside what any route is. Without the list nothing is said, and nothing held. */
  readonly problems?: readonly ErrorCode[];
  readonly answers: Answers;
  handle(
    asked: Handling<Principal | null, unknown, unknown, unknown>,
  ): Promise<{ status: number; body?: unknown } | Response>;
}

export interface Api {
  route<
    const Path extends string,
    A extends Answers,
    P extends z.ZodType | undefined = undefined,
    Q extends z.ZodType | undefined = undefined,
    B extends z.ZodType | undefined = undefined,
  >(
    spec: RouteSpec<Principal, Path, P, Q, B, A>,
  ): void;
  publicRoute<
    const Path extends string,
    A extends Answers,
    P extends z.ZodType | undefined = undefined,
    Q extends z.ZodType | undefined = undefined,
    B extends z.ZodType | undefined = undefined,
  >(
    spec: RouteSpec<Principal | null, Path, P, Q, B, A>,
  ): void;
}

/** Collects the routes that `declare` tells. */
export function collectRoutes(declare: (api: Api) => void): Route[] {
  const routes: Route[] = [];
  // The schemas decide what `handle` gets, so forgetting the types here loses nothing.
  const add = (spec: unknown, isPublic: boolean): void => {
    routes.push({ ...(spec as Omit<Route, 'isPublic'>), isPublic });
  };
  declare({ route: (spec) => add(spec, false), publicRoute: (spec) => add(spec, true) });
  return routes;
}

/** The query of a list. `after` is the `next` of the page before. */
export const page = z.object({
  limit: z.coerce.number<string>().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
  after: z.uuid('must be the next of the page before').optional(),
});

/** What a list answers. */
export function listOf<T extends z.ZodType>(
  item: T,
): z.ZodObject<{ items: z.ZodArray<T>; next: z.ZodNullable<z.ZodString> }> {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** Makes a page of rows that were read one past the limit, so that `next` is null on the last page. */
export function pageOf<T extends { id: string }>(
  rows: readonly T[],
  limit: number,
): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
