/** JSON from a file, its depth bounded before a parser or a checker would follow it down. */
import { AppError } from '#core/errors.ts';
import { MAX_JSON_DEPTH } from './limits.ts';

/** Throws `too_large` for deep nesting, and what `invalid` makes of a sentence for what is no JSON. */
export function parseJsonText(source: string, invalid: (detail: string) => AppError): unknown {
  refuseDeep(source);
  try {
    return JSON.parse(source);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw invalid(`the file is not valid JSON: ${error.message.slice(0, 200)}`);
    throw error;
  }
}

/** Counts open brackets outside strings. */
function refuseDeep(source: string): void {
  let depth = 0;
  let isInString = false;
  for (let i = 0; i < source.length; i++) {
    const code = source.charCodeAt(i);
    if (isInString) {
      if (code === 0x5c) i += 1;
      else if (code === 0x22) isInString = false;
    } else if (code === 0x22) isInString = true;
    else if (code === 0x7b || code === 0x5b) depth += 1;
    else if (code === 0x7d || code === 0x5d) depth -= 1;
    if (depth > MAX_JSON_DEPTH)
      throw new AppError(
        'too_large',
        `The file nests more than ${MAX_JSON_DEPTH} levels deep, the most that is taken.`,
      );
  }
}
