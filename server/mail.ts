/** Mail goes out over SMTP, or into the log where none is set up. Sending never holds up or fails a request. */
import { createTransport } from 'nodemailer';
import type { Log } from './log.ts';

export interface Mail {
  to: string;
  subject: string;
  /** Plain text. */
  text: string;
}

export interface Mailer {
  send(mail: Mail): void;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

const PATIENCE_MILLISECONDS = 10_000;

/** `smtpUrl` may name the sender: smtp://host?from=desk@example.org */
export function openMailer({ smtpUrl, log }: { smtpUrl: string | null; log: Log }): Mailer {
  if (smtpUrl === null) {
    return {
      send: ({ to, subject, text }) =>
        log.info({ part: 'mail', to, subject, text }, 'no SMTP_URL: mail is only logged'),
      close: async () => undefined,
    };
  }
  const { hostname, searchParams } = new URL(smtpUrl);
  const from = searchParams.get('from') ?? `Proofdesk <no-reply@${hostname}>`;
  const transport = createTransport(
    { url: smtpUrl, connectionTimeout: PATIENCE_MILLISECONDS, socketTimeout: PATIENCE_MILLISECONDS },
    { from },
  );
  const underWay = new Set<Promise<void>>();
  return {
    send({ to, subject, text }) {
      const sending = transport
        .sendMail({ to, subject, text })
        .then(() => undefined)
        .catch((error: unknown) =>
          log.error({ part: 'mail', to, subject, err: error }, 'a mail could not be sent'),
        )
        .finally(() => underWay.delete(sending));
      underWay.add(sending);
    },
    async close() {
      await Promise.all(underWay);
      transport.close();
    },
  };
}
