/** The OpenAPI 3.1 document, made from the routes and the very schemas that check their requests. */
import { z } from 'zod';
import * as records from '#core/records.ts';
import { ratingSchema } from '#core/domain/rating-schema.ts';
import { leastRoleFor } from '#core/domain/roles.ts';
import { errorCodes } from '#core/errors.ts';
import { groupBy } from '#core/grouping.ts';
import { bundleSchema } from '#core/export/bundle.ts';
import { MAX_JSON_BYTES } from '#core/limits.ts';
import { nodeJsonSchema, pointAtNodes } from './bundle-schema.ts';
import type { RawAnswer, Route } from './api.ts';
import { BASE } from './app.ts';
import { MAX_KEY_LENGTH } from './idempotency.ts';
import { problemsOf, PROBLEM_TYPE } from './problem.ts';

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
      schemas: { ...recordSchemas(), Node: nodeJsonSchema(NODE), Problem: problemSchema },
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
  Object.entries({ ...records, ratingSchema, bundleSchema }).map(([name, schema]) => {
    const word = name.replace(/(Record|Schema)$/, '');
    return [schema, word.charAt(0).toUpperCase() + word.slice(1)];
  }),
);

const NODE = '#/components/schemas/Node';
const uri = (name: string): string => `#/components/schemas/${name}`;

const making = { uri, unrepresentable: 'any', override: pointAtNodes(NODE) } as const;

function recordSchemas(): Json {
  const { schemas } = z.toJSONSchema(registryOfRecords(), { ...making, io: 'output' });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withoutIds(schema)]));
}

/** One schema where it stands; records in it are references. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const known = named.get(schema);
  if (known !== undefined && io === 'output') return ref(known);
  const registry = registryOfRecords();
  registry.add(schema, { id: 'here' });
  const made = z.toJSONSchema(registry, { ...making, io }).schemas['here'];
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
    responses: {
      ...answersOf(route),
      ...refusalsOf(route),
      default: { $ref: '#/components/responses/Problem' },
    },
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
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      schema: { type: 'string', minLength: 1, maxLength: MAX_KEY_LENGTH },
    },
  ];
}

function requestBody({ body, raw, maxBytes = MAX_JSON_BYTES }: Route): Json {
  if (raw !== undefined) {
    const content = contentOf(raw.takes, 'input');
    return { requestBody: { description: atMost(raw.maxBytes), required: true, content } };
  }
  if (body === undefined) return {};
  const required = !body.safeParse(undefined).success;
  const content = contentOf({ 'application/json': body }, 'input');
  return { requestBody: { description: atMost(maxBytes), required, content } };
}

const atMost = (bytes: number): string => `At most ${bytes.toLocaleString('en')} bytes.`;

function contentOf(types: RawAnswer['types'], io: 'input' | 'output'): Json {
  return Object.fromEntries(
    Object.entries(types).map(([type, schema]) => [
      type,
      schema === null ? {} : { schema: schemaOf(schema, io) },
    ]),
  );
}

function answersOf({ answers }: Route): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => {
      const description = Number(status) === 201 ? 'Made' : Number(status) === 304 ? 'Not changed' : 'Done';
      if (answer === null) return [status, { description }];
      const { types, headers = {} } = 'types' in answer ? answer : { types: { 'application/json': answer } };
      return [status, { description, ...headersOf(headers), content: contentOf(types, 'output') }];
    }),
  );
}

function headersOf(headers: Readonly<Record<string, string>>): Json {
  const described = Object.entries(headers).map(([name, description]) => [
    name,
    { description, schema: { type: 'string' } },
  ]);
  return described.length === 0 ? {} : { headers: Object.fromEntries(described) };
}

/** Codes by status: a client sees what a status may mean here. */
function refusalsOf(route: Route): Json {
  const byStatus = groupBy(problemsOf(route), (code) => String(errorCodes[code].status));
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\`: ${errorCodes[code].title}`).join('. '),
        content: {
          [PROBLEM_TYPE]: {
            schema: { allOf: [ref('Problem'), { properties: { code: { enum: codes } } }] },
          },
        },
      },
    ]),
  );
}
