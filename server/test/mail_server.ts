/** A mail server of the tests: speaks enough SMTP (RFC 5321) to take mail, and says no when it is told to. */
import { createServer } from 'node:net';
import { after } from 'node:test';

export interface MailServer {
  url: string;
  /** What it took, whole. */
  mails: { to: string; data: string }[];
  /** Another answer than usual to a command (`RCPT TO:<…>`, `DATA`), or null. */
  answer: (command: string) => string | null;
}

export async function openMailServer(): Promise<MailServer> {
  const told: MailServer = { url: '', mails: [], answer: () => null };
  const server = createServer((socket) => {
    let [rest, to, taking] = ['', '', false];
    const say = (line: string) => socket.write(`${line}\r\n`);
    const usual = (command: string): string => {
      if (command.startsWith('RCPT')) to = /<([^>]*)>/.exec(command)?.[1] ?? '';
      if (command === 'DATA') taking = true;
      return command === 'DATA' ? '354 go on' : command === 'QUIT' ? '221 bye' : '250 ok';
    };
    say('220 mail.example.test');
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      rest += bytes.toString();
      for (;;) {
        const end = taking ? '\r\n.\r\n' : '\r\n';
        const at = rest.indexOf(end);
        if (at < 0) return;
        const line = rest.slice(0, at);
        rest = rest.slice(at + end.length);
        if (taking) {
          taking = false;
          told.mails.push({ to, data: line });
          say('250 taken');
        } else say(told.answer(line) ?? usual(line));
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  after(() => server.close());
  const address = server.address() as { port: number };
  told.url = `smtp://127.0.0.1:${address.port}`;
  return told;
}
