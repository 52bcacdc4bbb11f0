/** Holds what really goes over the wire against the OpenAPI document that the server gives out. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { ApiAnswer } from './server-client.ts';

export interface ApiDocument {
  /** What an answer has that the document does not say of the route (`post /reports/{id}/returned`). */
  ofAnswer(route: string, answer: ApiAnswer): string[];
  /** Likewise of a JSON body that was sent as this media type. */
  ofBody(route: string, mediaType: string, body: unknown): string[];
  /** What stands at a place in the document. */
  at(...path: readonly string[]): unknown;
}

export function openApiDocument(document: object): ApiDocument {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, 'api');
  const at = (...path: readonly string[]): unknown =>
    path.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), document);
  const known = new Map<string, ValidateFunction>();
  const errorsIn = (value: unknown, path: readonly string[]): string[] => {
    const pointer = path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    const ref = `api#${encodeURI(pointer)}`;
    const validate = known.get(ref) ?? ajv.compile({ $ref: ref });
    known.set(ref, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
  const operation = (route: string): string[] => {
    const [method = '', path = ''] = route.split(' ');
    return ['paths', `/api/v1${path}`, method];
  };
  return {
    at,
    ofBody: (route, mediaType, body) => {
      const path = [...operation(route), 'requestBody', 'content', mediaType, 'schema'];
      return at(...path) === undefined ? [`no body of ${mediaType} is said`] : errorsIn(body, path);
    },
    ofAnswer: (route, { status, headers, body, text }) => {
      const path = [...operation(route), 'responses', String(status)];
      if (at(...path) === undefined) return [`${status} is not said: ${text.slice(0, 300)}`];
      const content = at(...path, 'content');
      if (!isRecord(content)) return text === '' ? [] : [`${status} is said to have no body`];
      const type = (headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
      const told = content[type];
      if (!isRecord(told)) return [`${status} is not said to be ${type}`];
      return 'schema' in told ? errorsIn(body, [...path, 'content', type, 'schema']) : [];
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
