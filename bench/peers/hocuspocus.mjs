/** Hocuspocus with its SQLite extension, as its documentation starts it. The file is the first argument. Prints its port. */
import { SQLite } from '@hocuspocus/extension-sqlite';
import { Server } from '@hocuspocus/server';

const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  extensions: [new SQLite({ database: process.argv[2] })],
});
await server.listen();
process.stdout.write(`port ${server.httpServer.address().port}\n`);
