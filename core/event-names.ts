/** Names on the socket that both sides need without the schemas (core/events.ts), which stay out of the browser. */

/** Sent first on each connection: the version that the client has now when it applied what follows from `since`. */
export const HELLO_EVENT = 'hello';
/** Passing signals without a version: who has which report open now. */
export const PRESENCE_EVENT = 'presence.changed';
/** The same, to who imports alone: how far the reading of their source is. */
export const IMPORT_PROGRESS_EVENT = 'import.progressed';
