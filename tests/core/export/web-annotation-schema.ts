/**
 * The MUSTs of the W3C Web Annotation Data Model that bear on what this product writes, as a JSON schema: an outside
 * measure beside the checker that imports use. Written from the recommendation, sections 3 to 5.
 */
const iri = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>"{}|\\\\^`]+$' };
const moment = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$' };
const words = { type: 'string', minLength: 1 };
const motivation = {
  enum: [
    'assessing',
    'bookmarking',
    'classifying',
    'commenting',
    'describing',
    'editing',
    'highlighting',
    'identifying',
    'linking',
    'moderating',
    'questioning',
    'replying',
    'tagging',
  ],
};
const agent = {
  type: 'object',
  required: ['type', 'name'],
  properties: { type: { enum: ['Person', 'Organization', 'Software'] }, name: { type: 'string' } },
};
const oneOrMore = (item: object): object => ({
  anyOf: [item, { type: 'array', minItems: 1, items: item }],
});

const textualBody = {
  type: 'object',
  required: ['type', 'value'],
  properties: {
    type: { const: 'TextualBody' },
    value: { type: 'string' },
    purpose: motivation,
    format: { type: 'string', pattern: '^text/' },
    creator: agent,
    created: moment,
    textDirection: { enum: ['ltr', 'rtl', 'auto'] },
  },
  not: { required: ['source'] },
};
const linkedBody = {
  type: 'object',
  required: ['type', 'source'],
  properties: { type: { const: 'SpecificResource' }, source: iri, purpose: motivation },
  not: { required: ['value'] },
};
const quoteSelector = {
  type: 'object',
  required: ['type', 'exact'],
  properties: {
    type: { const: 'TextQuoteSelector' },
    exact: words,
    prefix: { type: 'string' },
    suffix: { type: 'string' },
  },
};
const positionSelector = {
  type: 'object',
  required: ['type', 'start', 'end'],
  properties: {
    type: { const: 'TextPositionSelector' },
    start: { type: 'integer', minimum: 0 },
    end: { type: 'integer', minimum: 0 },
  },
};
const passage = {
  type: 'object',
  required: ['source', 'selector'],
  properties: {
    source: iri,
    selector: { type: 'array', minItems: 1, items: { oneOf: [quoteSelector, positionSelector] } },
  },
};
const annotation = {
  type: 'object',
  required: ['id', 'type', 'target'],
  properties: {
    id: iri,
    type: { const: 'Annotation' },
    motivation: oneOrMore(motivation),
    creator: agent,
    created: moment,
    modified: moment,
    target: { oneOf: [iri, passage] },
    body: { type: 'array', minItems: 1, items: { oneOf: [textualBody, linkedBody] } },
  },
  not: { required: ['body', 'bodyValue'] },
};

export const webAnnotationSchema = {
  type: 'object',
  required: ['@context', 'id', 'type', 'total', 'first'],
  properties: {
    '@context': {
      anyOf: [
        { const: 'http://www.w3.org/ns/anno.jsonld' },
        { type: 'array', contains: { const: 'http://www.w3.org/ns/anno.jsonld' } },
      ],
    },
    id: iri,
    type: { const: 'AnnotationCollection' },
    label: words,
    creator: agent,
    created: moment,
    generator: agent,
    generated: moment,
    total: { type: 'integer', minimum: 0 },
    first: {
      type: 'object',
      required: ['id', 'type', 'items'],
      properties: {
        id: iri,
        type: { const: 'AnnotationPage' },
        partOf: iri,
        startIndex: { type: 'integer', minimum: 0 },
        items: { type: 'array', items: annotation },
      },
    },
  },
};
