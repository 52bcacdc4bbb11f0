/** The OpenAPI 3.1 document, made from the routes and the very schemas that check their requests. */
import { z } from 'zod';
import * as records from '#core/records.ts';
import { ratingSchema } from '#core/domain/rating-schema.ts';
import { leastRoleFor } from '#core/domain/roles.ts';
import { errorCodes } from '#core/errors.ts';
import type { Route } from './api.ts';
import { BASE } from './app.ts';
import { PROBLEM_TYPE } from './problem.ts';

type Json = Record<string, unknown>;

export function describeApi(routes: readonly Route[], { version }: { version: string }): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const operations = (paths[`${BASE}${route.path}`] ??= {});
    operations[route.method] = describeRoute(route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Proofdesk', version, description: 'Checking reports together, claim by claim.' },
    servers: [{ url: '/' }],
    security: [{ token: [] }, { session: [] }],
    tags: [...new Set(routes.map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { ...recordSchemas(), Problem: problemSchema },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'proofdesk.session_token' },
      },
      responses: {
        Problem: { description: 'What went wrong', content: { [PROBLEM_TYPE]: { schema: ref('Problem') } } },
      },
    },
  };
}

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const tagOf = (route: Route): string => route.path.split('/')[1] ?? '';

const problemSchema: Json = {
  type: 'object',
  description: 'RFC 9457 problem document',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(errorCodes) },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
  },
};

/** The records by name, so that the document says each once. */
const named: ReadonlyMap<z.ZodType, string> = new Map(
  Object.entries({ ...records, ratingSchema }).map(([name, schema]) => {
    const word = name.replace(/(Record|Schema)$/, '');
    return [schema, word.charAt(0).toUpperCase() + word.slice(1)];
  }),
);

const uri = (name: string): string => `#/components/schemas/${name}`;

function recordSchemas(): Json {
  const { schemas } = z.toJSONSchema(registryOfRecords(), { uri, io: 'output', unrepresentable: 'any' });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withoutIds(schema)]));
}

/** One schema where it stands; records in it are references. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const known = named.get(schema);
  if (known !== undefined && io === 'output') return ref(known);
  const registry = registryOfRecords();
  registry.add(schema, { id: 'here' });
  const made = z.toJSONSchema(registry, { uri, io, unrepresentable: 'any' }).schemas['here'];
  return made === undefined ? {} : withoutIds(made);
}

function registryOfRecords(): z.core.$ZodRegistry<{ id: string }> {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of named) registry.add(schema, { id });
  return registry;
}

function withoutIds(schema: object): Json {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$id' && name !== '$schema'));
}

function describeRoute(route: Route): Json {
  const needs =
    route.ability === undefined
      ? {}
      : { description: `Needs the role ${leastRoleFor(route.ability)} or higher.` };
  return {
    summary: route.summary,
    ...needs,
    operationId: operationId(route),
    tags: [tagOf(route)],
    ...(route.isPublic ? { security: [] } : {}),
    parameters: [...pathParameters(route), ...queryParameters(route), ...keyParameter(route)],
    ...requestBody(route),
    responses: { ...answersOf(route), default: { $ref: '#/components/responses/Problem' } },
  };
}

function operationId({ method, path }: Route): string {
  return `${method}${path.replaceAll(/[/{}.-]+(\w?)/g, (_all, letter: string) => letter.toUpperCase())}`;
}

function pathParameters({ path }: Route): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: name === 'id' || name.endsWith('Id') ? { type: 'string', format: 'uuid' } : { type: 'string' },
  }));
}

function queryParameters({ query }: Route): Json[] {
  if (query === undefined) return [];
  const { properties, required } = schemaOf(query, 'input');
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(properties instanceof Object ? properties : {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: needed.includes(name) && !isOpen(schema),
    schema: schema as Json,
  }));
}

/** A coerced value with a default takes anything, also nothing. */
function isOpen(schema: unknown): boolean {
  return schema instanceof Object && (Object.keys(schema).length === 0 || 'default' in schema);
}

function keyParameter({ method, secret }: Route): Json[] {
  if (method === 'get' || secret === true) return [];
  return [
    { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 255 } },
  ];
}

function requestBody({ body, raw }: Route): Json {
  if (raw !== undefined) {
    const types = raw.types ?? ['application/octet-stream'];
    return { requestBody: { required: true, content: Object.fromEntries(types.map((type) => [type, {}])) } };
  }
  if (body === undefined) return {};
  const required = !body.safeParse(undefined).success;
  return { requestBody: { required, content: { 'application/json': { schema: schemaOf(body, 'input') } } } };
}

function answersOf({ answers }: Route): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => {
      const description = Number(status) === 201 ? 'Made' : 'Done';
      if (schema === null || schema === 'raw') return [status, { description }];
      return [
        status,
        { description, content: { 'application/json': { schema: schemaOf(schema, 'output') } } },
      ];
    }),
  );
}
