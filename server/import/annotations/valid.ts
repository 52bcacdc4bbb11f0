/**
 * Holds annotations against what the W3C Web Annotation Data Model says that they must be
 * (https://www.w3.org/TR/annotation-model/, sections 3 to 5). The first place that is not so is named. What it says
 * that they should or may be is no reason to refuse any, nor are selectors and motivations of other vocabularies.
 */
import { AppError } from '#core/errors.ts';
import { ANNOTATION_CONTEXT, isObject, listOf, stringsOf, type JsonObject } from './json-ld.ts';

type Check = (value: unknown, at: string) => void;

export function invalidAnnotation(at: string, why: string): AppError {
  return new AppError('invalid_input', `The annotations are not valid. ${at}: ${why}.`, {
    errors: [{ path: at, message: why }],
  });
}

/** Throws `invalid_input`. `isWhole`: it stands by itself and not in a page, so it needs a context of its own. */
export function checkAnnotation(value: unknown, at: string, isWhole: boolean): asserts value is JsonObject {
  const annotation = objectAt(value, at);
  if (isWhole) checkContext(annotation, at);
  if (!stringsOf(annotation['type']).includes('Annotation'))
    throw invalidAnnotation(`${at}.type`, 'must be or include Annotation');
  exactlyOne(annotation, 'id', at, iri);
  if (listOf(annotation['target']).length === 0) throw invalidAnnotation(`${at}.target`, 'is missing');
  checkBodyValue(annotation, at);
  each(annotation, 'target', at, (target, place) => checkResource(target, place, 'target'));
  each(annotation, 'body', at, (body, place) => checkResource(body, place, 'body'));
  each(annotation, 'motivation', at, text);
  atMostOne(annotation, 'generated', at, moment);
  each(annotation, 'generator', at, agent);
  each(annotation, 'audience', at, iriOrObject);
  atMostOne(annotation, 'stylesheet', at, iriOrObject);
  checkProvenance(annotation, at);
}

export function checkCollection(value: JsonObject, at: string): void {
  checkContext(value, at);
  exactlyOne(value, 'id', at, iri);
  each(value, 'label', at, text);
  atMostOne(value, 'total', at, count);
  atMostOne(value, 'first', at, (first, place) => {
    if (!isObject(first)) iri(first, place);
    else if (!stringsOf(first['type']).includes('AnnotationPage'))
      throw invalidAnnotation(`${place}.type`, 'must be AnnotationPage');
    else checkPage(first, place, false);
  });
  atMostOne(value, 'last', at, iriOrObject);
  each(value, 'creator', at, agent);
}

export function checkPage(value: JsonObject, at: string, isWhole: boolean): void {
  if (isWhole) {
    checkContext(value, at);
    exactlyOne(value, 'id', at, iri);
  }
  if (!Array.isArray(value['items'])) throw invalidAnnotation(`${at}.items`, 'must be a list');
  atMostOne(value, 'startIndex', at, count);
  for (const name of ['partOf', 'next', 'prev']) atMostOne(value, name, at, iriOrObject);
}

function checkContext(value: JsonObject, at: string): void {
  if (value['@context'] === undefined) throw invalidAnnotation(`${at}.@context`, 'is missing');
  if (!listOf(value['@context']).includes(ANNOTATION_CONTEXT))
    throw invalidAnnotation(`${at}.@context`, `must be or include ${ANNOTATION_CONTEXT}`);
}

function checkBodyValue(annotation: JsonObject, at: string): void {
  if (annotation['bodyValue'] === undefined) return;
  if (annotation['body'] !== undefined)
    throw invalidAnnotation(`${at}.bodyValue`, 'must not stand beside a body');
  atMostOne(annotation, 'bodyValue', at, text);
}

/** What annotations, bodies and targets may all say of themselves. */
function checkProvenance(thing: JsonObject, at: string): void {
  each(thing, 'creator', at, agent);
  atMostOne(thing, 'created', at, moment);
  atMostOne(thing, 'modified', at, moment);
  each(thing, 'rights', at, iri);
  atMostOne(thing, 'canonical', at, iri);
  each(thing, 'via', at, iri);
}

const sets: ReadonlySet<string> = new Set(['Choice', 'Composite', 'List', 'Independents']);
const specific = ['selector', 'state', 'styleClass', 'scope', 'renderedVia'];

function checkResource(value: unknown, at: string, role: 'body' | 'target'): void {
  if (typeof value === 'string') return iri(value, at);
  const resource = objectAt(value, at);
  each(resource, 'type', at, text);
  const types = stringsOf(resource['type']);
  const ofSets = types.filter((type) => sets.has(type));
  if (ofSets.length > 1) throw invalidAnnotation(`${at}.type`, `is both ${ofSets.join(' and ')}`);
  checkDescription(resource, at);
  if (ofSets.length === 1) return checkItems(resource, at, role);
  if (resource['source'] !== undefined || types.includes('SpecificResource'))
    return checkSpecific(resource, at);
  const part = specific.find((name) => resource[name] !== undefined);
  if (part !== undefined) throw invalidAnnotation(`${at}.source`, `is missing, though there is a ${part}`);
  if (types.includes('TextualBody') || (role === 'body' && resource['value'] !== undefined)) {
    exactlyOne(resource, 'value', at, text);
    atMostOne(resource, 'id', at, iri);
  } else exactlyOne(resource, 'id', at, iri);
}

function checkItems(resource: JsonObject, at: string, role: 'body' | 'target'): void {
  const items = resource['items'];
  if (!Array.isArray(items) || items.length === 0)
    throw invalidAnnotation(`${at}.items`, 'must be a list with something in it');
  items.forEach((item, i) => checkResource(item, `${at}.items[${i}]`, role));
}

function checkDescription(resource: JsonObject, at: string): void {
  each(resource, 'format', at, mediaType);
  each(resource, 'language', at, text);
  atMostOne(resource, 'processingLanguage', at, text);
  atMostOne(resource, 'textDirection', at, direction);
  each(resource, 'purpose', at, text);
  each(resource, 'accessibility', at, text);
  checkProvenance(resource, at);
}

function checkSpecific(resource: JsonObject, at: string): void {
  exactlyOne(resource, 'source', at, (source, place) => {
    if (typeof source === 'string') return iri(source, place);
    const page = objectAt(source, place);
    exactlyOne(page, 'id', place, iri);
    checkDescription(page, place);
  });
  each(resource, 'selector', at, checkSelector);
  each(resource, 'state', at, checkState);
  each(resource, 'styleClass', at, text);
  each(resource, 'scope', at, iriOrObject);
  each(resource, 'renderedVia', at, iriOrObject);
}

function checkSelector(value: unknown, at: string): void {
  if (typeof value === 'string') return iri(value, at);
  const selector = objectAt(value, at);
  const types = stringsOf(selector['type']);
  const known = types.find((type) => Object.hasOwn(selectorChecks, type));
  if (known !== undefined) selectorChecks[known as keyof typeof selectorChecks](selector, at);
  else if (types.length === 0) exactlyOne(selector, 'id', at, iri);
  each(selector, 'refinedBy', at, checkSelector);
}

const value = (selector: JsonObject, at: string): void => exactlyOne(selector, 'value', at, text);
const positions = (selector: JsonObject, at: string): void => {
  exactlyOne(selector, 'start', at, count);
  exactlyOne(selector, 'end', at, count);
};
const selectorChecks = {
  FragmentSelector: (selector: JsonObject, at: string): void => {
    value(selector, at);
    atMostOne(selector, 'conformsTo', at, iri);
  },
  CssSelector: value,
  XPathSelector: value,
  TextQuoteSelector: (selector: JsonObject, at: string): void => {
    exactlyOne(selector, 'exact', at, text);
    atMostOne(selector, 'prefix', at, text);
    atMostOne(selector, 'suffix', at, text);
  },
  TextPositionSelector: positions,
  DataPositionSelector: positions,
  SvgSelector: (selector: JsonObject, at: string): void => {
    if (selector['value'] === undefined) exactlyOne(selector, 'id', at, iri);
    else value(selector, at);
  },
  RangeSelector: (selector: JsonObject, at: string): void => {
    exactlyOne(selector, 'startSelector', at, checkSelector);
    exactlyOne(selector, 'endSelector', at, checkSelector);
  },
};

function checkState(value: unknown, at: string): void {
  if (typeof value === 'string') return iri(value, at);
  const state = objectAt(value, at);
  const types = stringsOf(state['type']);
  if (types.includes('HttpRequestState')) exactlyOne(state, 'value', at, text);
  if (types.includes('TimeState')) {
    each(state, 'sourceDate', at, moment);
    atMostOne(state, 'sourceDateStart', at, moment);
    atMostOne(state, 'sourceDateEnd', at, moment);
    if ((state['sourceDateStart'] === undefined) !== (state['sourceDateEnd'] === undefined))
      throw invalidAnnotation(at, 'sourceDateStart and sourceDateEnd must stand together');
    each(state, 'cached', at, iri);
  }
}

// How often, and what

function each(thing: JsonObject, name: string, at: string, check: Check): void {
  const member = thing[name];
  if (member === undefined) return;
  if (Array.isArray(member)) member.forEach((one, i) => check(one, `${at}.${name}[${i}]`));
  else check(member, `${at}.${name}`);
}

function atMostOne(thing: JsonObject, name: string, at: string, check: Check): void {
  if (listOf(thing[name]).length > 1) throw invalidAnnotation(`${at}.${name}`, 'must be one at most');
  each(thing, name, at, check);
}

function exactlyOne(thing: JsonObject, name: string, at: string, check: Check): void {
  if (listOf(thing[name]).length === 0) throw invalidAnnotation(`${at}.${name}`, 'is missing');
  atMostOne(thing, name, at, check);
}

function objectAt(value: unknown, at: string): JsonObject {
  if (!isObject(value)) throw invalidAnnotation(at, 'must be an object');
  return value;
}

const IRI = /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i;

function iri(value: unknown, at: string): void {
  if (typeof value !== 'string' || !IRI.test(value)) throw invalidAnnotation(at, 'must be an IRI');
}

function iriOrObject(value: unknown, at: string): void {
  if (!isObject(value)) return iri(value, at);
  atMostOne(value, 'id', at, iri);
}

function agent(value: unknown, at: string): void {
  iriOrObject(value, at);
  if (!isObject(value)) return;
  for (const name of ['type', 'name', 'nickname', 'email', 'email_sha1', 'homepage'])
    each(value, name, at, text);
}

function text(value: unknown, at: string): void {
  if (typeof value !== 'string') throw invalidAnnotation(at, 'must be text');
}

function mediaType(value: unknown, at: string): void {
  if (typeof value !== 'string' || !/^[a-z0-9!#$&^_.+-]+\/[^\s]+/i.test(value))
    throw invalidAnnotation(at, 'must be a media type');
}

function direction(value: unknown, at: string): void {
  if (value !== 'ltr' && value !== 'rtl' && value !== 'auto')
    throw invalidAnnotation(at, 'must be ltr, rtl or auto');
}

function count(value: unknown, at: string): void {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw invalidAnnotation(at, 'must be a whole number from 0');
}

const MOMENT = /^-?\d{4,}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i;

function moment(value: unknown, at: string): void {
  if (typeof value !== 'string' || !MOMENT.test(value) || Number.isNaN(Date.parse(value)))
    throw invalidAnnotation(at, 'must be a date with a time and its zone, like 2025-01-31T12:00:00Z');
}
