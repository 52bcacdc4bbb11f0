/** What `GET /metrics` tells: the process, its requests and its open sockets. One registry a server, none global. */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  observeRequest(area: string, status: number, seconds: number): void;
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
    render: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}
