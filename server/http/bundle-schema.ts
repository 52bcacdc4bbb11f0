/**
 * The bundle as JSON Schema, made from the very schemas that an import checks one with: zod's for the whole, the
 * editor's for the kinds of nodes and marks in a document. What JSON Schema cannot say (that `text` is the text of
 * `doc`, that offsets lie in it, that answers stand after what they answer) an import checks besides.
 */
import { z } from 'zod';
import { bundleSchema } from '#core/export/bundle.ts';
import { reportSchema } from '#core/text/schema.ts';

type Json = Record<string, unknown>;

/** For programs that have the file and not the server. */
export function bundleJsonSchema(): Json {
  const ref = '#/$defs/Node';
  const { $schema, ...whole } = z.toJSONSchema(bundleSchema, {
    io: 'input',
    unrepresentable: 'any',
    override: pointAtNodes(ref),
  });
  return {
    $schema,
    $id: 'urn:proofdesk:schema:bundle',
    title: 'Proofdesk bundle',
    description:
      'A whole report as an export writes it and an import takes it back. Offsets count UTF-16 units.',
    ...whole,
    $defs: { Node: nodeJsonSchema(ref) },
  };
}

/** For `z.toJSONSchema`, which knows of a document only that it is one. */
export function pointAtNodes(ref: string) {
  return ({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: Json }): void => {
    if (zodSchema === bundleSchema.shape.doc) jsonSchema['$ref'] = ref;
  };
}

/** A node of a document, ProseMirror's JSON. `ref` leads to this very schema. */
export function nodeJsonSchema(ref: string): Json {
  const attrs = { type: 'object' };
  const mark = {
    type: 'object',
    required: ['type'],
    properties: { type: { enum: Object.keys(reportSchema.marks) }, attrs },
  };
  return {
    type: 'object',
    description: 'A node of a document as ProseMirror writes it',
    required: ['type'],
    properties: {
      type: { enum: Object.keys(reportSchema.nodes) },
      attrs,
      content: { type: 'array', items: { $ref: ref } },
      text: { type: 'string' },
      marks: { type: 'array', items: mark },
    },
  };
}
