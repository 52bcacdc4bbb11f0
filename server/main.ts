/** The program. Importing it runs it: `npm start` does, so that nobody stands between the server and the signals. */
import { runProgram } from './program.ts';

await runProgram({ pages: true });
