/** What a socket may send and hold, each with its reason. Bytes, milliseconds and counts. */

/** The least `?v=` of our own client that is still understood; an older page is told to load anew. */
export const OLDEST_PROTOCOL_VERSION = 1;

/**
 * One WebSocket message; more is cut off before it is read. The largest honest one is the SyncStep2 of a long history:
 * it repeats every deletion that there ever was, and half a million come to this.
 */
export const MAX_FRAME_BYTES = 2 * 1024 * 1024;
/** What one update may change. Holds a book's chapter; what is longer is imported, not pasted. */
export const MAX_UPDATE_BYTES = 512 * 1024;
/** Items of one update: each becomes an object on every reader's machine. */
export const MAX_UPDATE_STRUCTS = 50_000;
/**
 * Items that the integration of one update may pass over, beside those that are next to each other already. Two
 * people who each wrote a thousand times at the same spot while they were apart come to a million; so much takes
 * tenths of a second.
 */
export const MAX_INTEGRATION_STEPS = 1_000_000;
/** The value of one attribute or mark: the longest link has 4,000 characters. */
export const MAX_ATTRIBUTE_BYTES = 32 * 1024;
/** All of them in one update. A page of a thousand links stays below; each reader's editor holds them as objects. */
export const MAX_UPDATE_ATTRIBUTE_BYTES = 384 * 1024;
/** Sessions that one update may bring for the first time: every reload while offline makes one, and each stays in the state vector for ever. */
export const MAX_NEW_CLIENTS = 1_000;
/** A document, encoded. 2 million characters with their history stay below. */
export const MAX_DOCUMENT_BYTES = 20 * 1024 * 1024;
/** Levels of nesting. An editor makes a dozen; recursion must end somewhere. */
export const MAX_DEPTH = 100;
/** Yjs clocks count characters of one session. */
export const MAX_CLOCK = 2 ** 32;

/** Messages a second that are read at full speed; fast typing with a moving cursor makes 30. */
export const MESSAGES_PER_SECOND = 60;
/** A reconnection or a paste in pieces comes at once. */
export const MESSAGE_BURST = 200;
/** SyncStep1 costs a whole document to answer, so it has a rate of its own. */
export const STEP1_PER_SECOND = 2;
export const STEP1_BURST = 20;
/** Messages waiting in memory of a socket that is read slowly. One read of the kernel's buffer brings this many only from a flood. */
export const MAX_WAITING_MESSAGES = 20_000;
/** Bytes of them; a reader that is paused gets little more than one kernel buffer. */
export const MAX_WAITING_BYTES = 8 * 1024 * 1024;
/** Messages of one socket that await their commit before it is read no further: a failed database must not fill the memory. */
export const MAX_UNSETTLED_MESSAGES = 512;
export const MAX_UNSETTLED_BYTES = 2 * 1024 * 1024;

/**
 * All that awaits its commit on a node. Two hundred people who each bring a day's offline work at once stay below; more
 * than that waits only while the database fails.
 */
export const MAX_BACKLOG_BYTES = 64 * 1024 * 1024;

/** Updates that may come before a socket's SyncStep2 and hang on it: what is typed in the moment of connecting. */
export const MAX_EARLY_UPDATES = 100;
/** How long they wait: the SyncStep2 is the answer to what they crossed on the way. */
export const EARLY_MILLISECONDS = 1_500;

/** One person's awareness, as it is sent: a name, a colour, a selection. */
export const MAX_AWARENESS_BYTES = 2 * 1024;
/** Awareness that is remembered after its socket closed, so that a later return is newer than the leave. */
export const MAX_DEPARTED = 1_000;

/** Committed entries of one report that wait for an earlier one, while the log cannot be read; it has them too. */
export const MAX_AHEAD_BYTES = 4 * 1024 * 1024;

/**
 * Tabs of one person, over all reports. Counted on each node by itself, as all of what follows: it bounds what a node
 * holds, and a count over all nodes would have to be asked for at every upgrade.
 */
export const MAX_SOCKETS_PER_MEMBER = 20;
/** Readers of one report on one node: a newsroom. */
export const MAX_SOCKETS_PER_REPORT = 200;
/** Unsent bytes of a reader that does not read, beyond its own SyncStep2. It may resync later. */
export const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
/** Proxies close what is silent for 30 to 60 s, and so does y-websocket. */
export const PING_MILLISECONDS = 25_000;
/** How long a peer has to answer a close. */
export const CLOSE_MILLISECONDS = 2_000;
/** Signing in and loading the report, before a socket is told to come again. */
export const ADMIT_MILLISECONDS = 20_000;

/** Updates of one room that go into one commit: a crowd's, so that it makes few; the bytes bound the rest. */
export const MAX_BATCH = 1_024;
/** Their bytes, unless one has more alone: bounds how long an examination holds up everybody else on the node. */
export const MAX_BATCH_BYTES = 128 * 1024;
/** Updates that are merged by one call: its cost grows with their square. */
export const MAX_MERGE = 16;
/** Reports that are read from the database at once: after a restart everybody comes, and memory must hold what is under way. */
export const MAX_COLD_LOADS = 4;
/** A room without readers stays this long: a reload of the page finds it warm. */
export const IDLE_MILLISECONDS = 10_000;
/** Rows and bytes of the log after which a snapshot takes their place: a load stays within tens of milliseconds. */
export const COMPACT_ROWS = 500;
export const COMPACT_BYTES = 1024 * 1024;
/** The thread that makes snapshots ends when there was nothing to do this long. */
export const SNAPSHOT_WORKER_IDLE_MILLISECONDS = 30_000;
/** What a stop waits for a snapshot that the database does not take. */
export const SNAPSHOT_CLOSE_MILLISECONDS = 1_000;
/** A commit that takes longer lets others pass. An honest one takes milliseconds, a crowd's tenths of a second. */
export const SLOW_COMMIT_MILLISECONDS = 500;
/** So many at once, each with a connection of its own; the pool has ten. */
export const MAX_SLOW_COMMITS = 4;
/** Waits between tries of a database that fails. */
export const RETRY_MILLISECONDS = [50, 100, 250, 500, 1_000, 2_000] as const;
/** What a drain waits for commits; with the closes after it, well within the 10 s that a stop may take. */
export const DRAIN_MILLISECONDS = 5_000;
/** How often a node looks whether somebody's rights changed, and where its reports stand: the bus may lose anything. */
export const WATCH_MILLISECONDS = 500;
/** What another node said about who is there holds this long; it repeats itself three times as often. */
export const PEOPLE_MILLISECONDS = 60_000;
