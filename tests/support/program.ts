/** The program without pages: what tests start as a process of its own. */
import { runProgram } from '#server/program.ts';

await runProgram({ pages: false });
