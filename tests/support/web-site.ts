/**
 * A website for tests, on this machine: answers by path, and the policy under which a fetcher may reach it. Real
 * fetchers refuse this machine, so a test says what it lets through.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AddressPolicy } from '#server/import/web/address-policy.ts';

export interface WebSite {
  readonly url: string;
  /** Requests so far, oldest first. */
  readonly requests: readonly IncomingMessage[];
  stop(): Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export async function openSite(answers: Readonly<Record<string, Answer>>): Promise<WebSite> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const answer = answers[request.url ?? ''];
    if (answer !== undefined) return answer(request, response);
    response.writeHead(404).end('not here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a server on a port has such an address
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** This machine's own address and no other, on any port. */
export const onlyHere: AddressPolicy = {
  allowsAddress: (address) => address === '127.0.0.1',
  allowsPort: () => true,
};
