/**
 * How a report goes out: format and options, as an address of the server's; the last choice is kept in this browser.
 * The list of formats is written here and not taken from core: their code stays on the server.
 */
export const formatNames = [
  'docx',
  'pdf',
  'html',
  'md',
  'xlsx',
  'csv',
  'claimreview',
  'webannotation',
  'json',
] as const;
export type FormatName = (typeof formatNames)[number];

export const claimChoices = ['all', 'decided', 'signed_off'] as const;
export type ClaimChoice = (typeof claimChoices)[number];

/** The names of `GET /claims`; what is not there may be anything. */
export const criteria = ['rating', 'status', 'type', 'assignee', 'tag'] as const;
export type Criterion = (typeof criteria)[number];
/** A tag as it was typed. */
export type ClaimCriteria = Readonly<Partial<Record<Criterion, string>>>;

/** Of a tag: without the space around it and the sign before it. Undefined: anything. */
export function wantedOf(only: ClaimCriteria, name: Criterion): string | undefined {
  const value = name === 'tag' ? only.tag?.trim().replace(/^#/, '') : only[name];
  return value === '' ? undefined : value;
}

export interface ExportOptions {
  readonly claims: ClaimChoice;
  /** Of these, only the ones that meet them. */
  readonly only: ClaimCriteria;
  readonly threads: boolean;
  /** Among the threads; nothing without them. */
  readonly resolved: boolean;
  readonly evidence: boolean;
  /** Of people; without them they are numbered. */
  readonly names: boolean;
}

export interface ExportChoice extends ExportOptions {
  readonly format: FormatName;
}

/** Everything, for the one who wrote it. */
export const firstChoice: ExportChoice = {
  format: 'docx',
  claims: 'all',
  only: {},
  threads: true,
  resolved: true,
  evidence: true,
  names: true,
};

const STORED = 'proofdesk:export';
type Kept = Pick<Storage, 'getItem' | 'setItem'>;

/**
 * The last choice in this browser; what cannot be read there is as at first. Criteria are of one export only: one that
 * is still there the next day would leave claims out unnoticed.
 */
export function lastChoice(storage: Kept | null): ExportChoice {
  const kept = readKept(storage);
  const flag = (name: 'threads' | 'resolved' | 'evidence' | 'names'): boolean =>
    typeof kept[name] === 'boolean' ? kept[name] : firstChoice[name];
  return {
    format: formatNames.find((name) => name === kept['format']) ?? firstChoice.format,
    claims: claimChoices.find((name) => name === kept['claims']) ?? firstChoice.claims,
    only: firstChoice.only,
    threads: flag('threads'),
    resolved: flag('resolved'),
    evidence: flag('evidence'),
    names: flag('names'),
  };
}

function readKept(storage: Kept | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(storage?.getItem(STORED) ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

export function keepChoice(storage: Kept | null, choice: ExportChoice): void {
  try {
    const { only: _, ...kept } = choice;
    storage?.setItem(STORED, JSON.stringify(kept));
  } catch {
    // Full or forbidden: the next export begins as the first did.
  }
}

/** What differs from the server's defaults. */
function optionsQuery(options: ExportOptions): string[] {
  const only = criteria.flatMap((name) => {
    const value = wantedOf(options.only, name);
    return value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`];
  });
  const flags = (['threads', 'resolved', 'evidence', 'names'] as const)
    .filter((name) => !options[name])
    .map((name) => `${name}=0`);
  return [...(options.claims === 'all' ? [] : [`claims=${options.claims}`]), ...only, ...flags];
}

export function exportAddress(reportId: string, choice: ExportChoice): string {
  const query = [`format=${choice.format}`, ...optionsQuery(choice)];
  return `/api/v1/reports/${reportId}/export?${query.join('&')}`;
}

/** The same words as a page to look at. */
export function previewAddress(reportId: string, options: ExportOptions): string {
  return `/api/v1/reports/${reportId}/export?${['format=html', ...optionsQuery(options), 'inline=1'].join('&')}`;
}

/** A zip with a file a report. */
export function zipAddress(reportIds: readonly string[] | 'all', choice: ExportChoice): string {
  const which = reportIds === 'all' ? ['all=1'] : reportIds.map((id) => `report=${id}`);
  return `/api/v1/export?${[`format=${choice.format}`, ...which, ...optionsQuery(choice)].join('&')}`;
}
