/** The full bundle as JSON text. */
import { toBundle } from './bundle.ts';
import type { ExportProjection } from './projection.ts';

export function formatJson(projection: ExportProjection): string {
  return `${JSON.stringify(toBundle(projection), null, 1)}\n`;
}
