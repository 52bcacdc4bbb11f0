/** Mail over a real, small SMTP conversation. */
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openLog } from '#server/log.ts';
import { openMailer } from '#server/mail.ts';
import { startServer } from '#tests/support/server.ts';

const mail = { to: 'kim@example.org', subject: 'Grüße', text: 'Come in.\n' };

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Takes one message at a time and hands out what it got between DATA and the dot. */
async function postOffice(): Promise<{ url: string; next: Promise<string> }> {
  let deliver: (message: string) => void = () => undefined;
  const next = new Promise<string>((resolve) => (deliver = resolve));
  const server = createServer((socket) => converse(socket, deliver)).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  return {
    url: `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}?from=desk@example.org`,
    next,
  };
}

function converse(socket: Socket, deliver: (message: string) => void): void {
  let message: string | null = null;
  let rest = '';
  socket.setEncoding('utf8').write('220 here\r\n');
  socket.on('data', (text: string) => {
    rest += text;
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (message === null) {
        socket.write(line === 'DATA' ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 fine\r\n');
        if (line === 'DATA') message = '';
      } else if (line === '.') {
        deliver(message);
        message = null;
        socket.write('250 taken\r\n');
      } else message += `${line}\n`;
    }
  });
}

function linesOf(): { lines: string[]; log: ReturnType<typeof openLog> } {
  const lines: string[] = [];
  return {
    lines,
    log: openLog({
      level: 'info',
      json: true,
      destination: { write: (line: string) => void lines.push(line) },
    }),
  };
}

describe('mail', () => {
  it('ST14: an invitation goes out over SMTP when there is an SMTP_URL', async () => {
    const { url, next } = await postOffice();
    const server = await startServer({ env: { SMTP_URL: url } });
    try {
      const added = await server.api('/members', {
        method: 'POST',
        json: { email: mail.to, name: 'Kim', role: 'editor' },
      });
      const message = await next;
      expect(message).toMatch(/^From: desk@example\.org$/m);
      expect(message).toMatch(/^To: kim@example\.org$/m);
      expect(message.replaceAll('=\n', '').replaceAll('=3D', '=')).toContain(added.body.invitation.url);
    } finally {
      await server.stop();
    }
  });

  it('ST15: mail is written to the log when there is none', async () => {
    const { lines, log } = linesOf();
    openMailer({ smtpUrl: null, log }).send(mail);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ part: 'mail', ...mail });
  });

  it('fails into the log, not into the request', async () => {
    const { lines, log } = linesOf();
    const mailer = openMailer({ smtpUrl: 'smtp://127.0.0.1:1', log });
    mailer.send(mail);
    await mailer.close();
    expect(lines.join()).toContain('a mail could not be sent');
  });
});
