/** A file of annotations, whoever made it. */
import type { ReadAnnotations } from './annotation.ts';
import { hypothesisRows, isHypothesisRow, readHypothesis } from './hypothesis.ts';
import { inOneForm, isObject, stringsOf } from './json-ld.ts';
import { parseJsonText } from '../json-text.ts';
import { invalidAnnotation } from './valid.ts';
import { readWebAnnotations } from './web-annotations.ts';

/** Throws `invalid_input` with the place of what is not as it must be, `too_large` for deep nesting. */
export function readAnnotations(source: string): ReadAnnotations {
  const value = inOneForm(parseJsonText(source, (detail) => invalidAnnotation('the file', detail)));
  const isWeb = isObject(value) && value['@context'] !== undefined;
  const rows = isWeb ? null : hypothesisRows(value);
  if (rows !== null) return readHypothesis(rows);
  if (isHypothesisRow(value) && !isWeb) return readHypothesis([value]);
  if (Array.isArray(value) && value.length > 0 && value.every(isHypothesisRow)) return readHypothesis(value);
  return readWebAnnotations(value);
}

/** Whether JSON is meant as annotations, valid or not; nothing else that an import takes looks like this. */
export function holdsAnnotations(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isMeant);
  return isMeant(value) || hypothesisRows(value) !== null;
}

function isMeant(value: unknown): boolean {
  if (!isObject(value)) return false;
  const types = [...stringsOf(value['type']), ...stringsOf(value['@type'])];
  return (
    '@context' in value || types.some((type) => /^(oa:)?Annotation/.test(type)) || isHypothesisRow(value)
  );
}
