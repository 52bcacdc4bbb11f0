/**
 * The rules of docs/SPEC.md and the tests that bear their numbers. A rule is a list item that begins with its
 * number in bold: `- **SY3** An update is relayed only once it is committed.`
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const RULE = /^- \*\*([A-Z]{2}\d+)\*\*/gm;
const TITLE = /\b(?:test|it|describe)(?:\.\w+)*(?:\([^()]*\))?\(\s*(?:'([^'\n]+)'|"([^"\n]+)"|`([^`]+)`)/g;
const NUMBER = /\b[A-Z]{2}\d+\b/g;
/** A title in a table of tests stands among its row's values: a string that begins with a number. */
const ROW_TITLE = /['"`]([A-Z]{2}\d+)(?=:? )/g;

/** The numbers of the rules in the order of the page. */
export function rulesOf(spec: string): string[] {
  return [...spec.matchAll(RULE)].flatMap((match) => match[1] ?? []);
}

/** The numbers in the titles of tests in this text whose letters are a section of the specification. */
export function numbersInTitles(text: string, rules: readonly string[]): string[] {
  const sections = new Set(rules.map(sectionOf));
  const titles = [...text.matchAll(TITLE)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
  const rows = [...text.matchAll(ROW_TITLE)].map((match) => match[1] ?? '');
  const numbers = new Set([...titles.flatMap((title) => title.match(NUMBER) ?? []), ...rows]);
  return [...numbers].filter((number) => sections.has(sectionOf(number)));
}

const sectionOf = (rule: string): string => rule.slice(0, 2);

export function numbersInTests(folder: string, rules: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/^(fixtures|golden)\b/.test(name))
    .flatMap((name) => numbersInTitles(readFileSync(path.join(folder, name), 'utf8'), rules));
}

/** What does not agree between the page and the tests, as sentences. */
export function disagreements(rules: readonly string[], tested: readonly string[]): string[] {
  const duplicates = rules.filter((rule, index) => rules.indexOf(rule) !== index);
  return [
    ...duplicates.map((rule) => `${rule} stands twice in docs/SPEC.md`),
    ...rules
      .filter((rule) => !tested.includes(rule))
      .map((rule) => `${rule} has no test that bears its number`),
    ...[...new Set(tested)]
      .filter((rule) => !rules.includes(rule))
      .map((rule) => `${rule} is tested but is no rule`),
  ];
}
