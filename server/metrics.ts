/** What `GET /metrics` tells: the process, its requests, its open sockets and its commits. One registry a server, none global. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds. Close together where good disks are, so that a median can be read from them. */
const COMMIT_BUCKETS = [
  0.001, 0.0015, 0.002, 0.0025, 0.003, 0.0035, 0.004, 0.005, 0.006, 0.008, 0.01, 0.015, 0.02, 0.035, 0.05,
  0.1, 0.25, 1,
];

export interface Metrics {
  observeRequest(area: string, status: number, seconds: number): void;
  observeCommit(commit: { readonly entries: number; readonly seconds: number }): void;
  render(): Promise<{ type: string; text: string }>;
}

/** What is counted only when somebody asks. */
export interface Counted {
  rooms(): number;
  syncConnections(): number;
  eventConnections(): number;
}

export function openMetrics(counted: Counted): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'proofdesk_http_request_seconds',
    help: 'Time from a request to the end of its answer',
    labelNames: ['area', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const commits = new Histogram({
    name: 'proofdesk_commit_seconds',
    help: 'Time of one commit of live edits; until it ends, nobody else sees them',
    buckets: COMMIT_BUCKETS,
    registers: [registry],
  });
  const committed = new Counter({
    name: 'proofdesk_committed_entries_total',
    help: 'Entries of the log in these commits; many in each mean that the database is busy',
    registers: [registry],
  });
  const gauge = (name: string, help: string, count: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(count());
      },
    });
  };
  gauge('proofdesk_rooms', 'Reports that are open in memory', counted.rooms);
  gauge('proofdesk_sync_connections', 'Open sockets on /sync', counted.syncConnections);
  gauge('proofdesk_event_connections', 'Open sockets on /events', counted.eventConnections);
  return {
    observeRequest: (area, status, seconds) =>
      requests.observe({ area, status: `${Math.floor(status / 100)}xx` }, seconds),
    observeCommit({ entries, seconds }) {
      commits.observe(seconds);
      committed.inc(entries);
    },
    render: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}
