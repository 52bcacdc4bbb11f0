/** Teaches the thread to load TypeScript and loads the worker: for running from the sources, not in the build. */
import { register } from 'tsx/esm/api';

register();
await import('./export-worker.ts');
