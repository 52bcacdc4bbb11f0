/** Of package.json; told to clients, so that one of another version can load itself anew. */
export const VERSION = '0.1.0';
