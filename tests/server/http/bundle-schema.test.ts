import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleSchema } from '#core/export/bundle.ts';
import { formatJson } from '#core/export/json.ts';
import { richProjection } from '#tests/core/export/rich-report.ts';
import { figure, figureReport, paragraph } from '#tests/support/figure-report.ts';
import { chart } from '#tests/support/images.ts';
import { startServer, type TestServer } from '#tests/support/server.ts';

let server: TestServer;
let validate: ValidateFunction;
beforeAll(async () => {
  server = await startServer();
  const answer = await server.api('/schemas/bundle.json', {}, null);
  expect(answer.headers.get('content-type')).toBe('application/schema+json');
  validate = new Ajv2020({ validateFormats: false, strictTypes: false }).compile(answer.body);
}, 60_000);
afterAll(() => server.stop());

const rich = () => JSON.parse(formatJson(richProjection()));

test('AP44: a bundle of everything is what its schema says', () => {
  expect(validate(rich()), JSON.stringify(validate.errors)).toBe(true);
});

test('AP44: what the server exports is what its schema says, with figures too', async () => {
  for (const json of [
    { markdown: '# Talks\n\n- **75** [minutes](https://example.org)' },
    figureReport([paragraph('Ten.'), figure(chart)], [chart]),
  ]) {
    const made = await server.api('/reports', { method: 'POST', json });
    const { body } = await server.api(`/reports/${made.body.id}/export?format=json`);
    expect(validate(body), JSON.stringify(validate.errors)).toBe(true);
  }
});

test.each<[string, (bundle: ReturnType<typeof rich>) => void]>([
  ['a version that nobody reads', (bundle) => (bundle.version = 9)],
  ['a field that there is not', (bundle) => (bundle.colour = 'red')],
  ['no claims', (bundle) => delete bundle.claims],
  ['a status that there is not', (bundle) => (bundle.claims[0].status = 'maybe')],
  ['a time without a zone', (bundle) => (bundle.exportedAt = '2025-12-28T14:00:00')],
  ['a document that is a text', (bundle) => (bundle.doc = 'Two were killed.')],
])('AP44: with %s it is not, and no import takes it', (_what, spoil) => {
  const bundle = rich();
  spoil(bundle);
  expect([validate(bundle), bundleSchema.safeParse(bundle).success]).toEqual([false, false]);
});

test('AP44: nodes are of the kinds that a text has', () => {
  const bundle = rich();
  bundle.doc.content[0].type = 'script';
  expect(validate(bundle)).toBe(false);
});
