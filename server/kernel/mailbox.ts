/** The mailbox of a development instance: what would have been mailed, on `/dev/mailbox`. Never in production. */
import type { App } from './http.ts';

interface Row {
  recipient: string;
  subject: string;
  body_text: string;
  sent_at: Date;
}

export function mountMailbox(app: App): void {
  const { config, db } = app.souk;
  if (config.production || config.mail_url !== null) return;
  app.get('/dev/mailbox', async (request, reply) => {
    const { rows } = await db.pool.query<Row>(
      'select recipient, subject, body_text, sent_at from mailbox order by sent_at desc, mail_id desc limit 50',
    );
    if (request.headers.accept?.includes('application/json')) return rows;
    reply.header('content-security-policy', POLICY);
    return reply.type('text/html; charset=utf-8').send(pageOf(rows));
  });
}

/** The page carries its own few rules and nothing else. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
const STYLE = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;
padding:0 1rem}h1{font-size:1.5rem}h2{font-size:1.1rem;margin:0}article{border-top:1px solid #8886;padding:1.25rem 0}
article p{margin:.25rem 0;opacity:.75}pre{font:inherit;margin:.75rem 0 0;white-space:pre-wrap;overflow-wrap:anywhere}`;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (mark) => ESCAPES[mark] as string);

/** Addresses in a mail become links, after everything was escaped. */
const linked = (text: string): string =>
  escapeHtml(text).replace(/https?:\/\/[^\s<]+/g, (address) => `<a href="${address}">${address}</a>`);

function pageOf(rows: Row[]): string {
  const mails = rows.map(
    (mail) => `<article><h2>${escapeHtml(mail.subject)}</h2>
<p>${escapeHtml(mail.recipient)} · ${mail.sent_at.toISOString()}</p><pre>${linked(mail.body_text)}</pre></article>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Mailbox · Souk</title><style>${STYLE}</style><h1>Mailbox of this development instance</h1>
<p>No mail leaves it. The newest fifty stand here.</p>${mails.join('\n') || '<p>Nothing was sent yet.</p>'}</html>`;
}
