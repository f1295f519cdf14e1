/** From a notice to what its reader sees: a line in the inbox and on the lock screen, a mail. */
import type { Context } from '../kernel/context.ts';
import type { Notice } from './registry.ts';
import { type Params, type Reader, say } from './texts.ts';

export interface Facts {
  params: Params;
  link: string | null;
  /** The name of who did it last; null where nobody did, or where they are gone. */
  actor: string | null;
  /** How many people did it. */
  actor_count: number;
  /** How many notices are one line. */
  notice_count: number;
}

const valuesOf = (reader: Reader, { params, actor, actor_count, notice_count }: Facts): Params => ({
  ...params,
  actor: actor ?? say(reader, 'notices.someone'),
  others: Math.max(0, actor_count - 1),
  times: notice_count,
});

const textsOf = ({ kind, texts }: Notice): string => texts ?? kind;

/** One sentence. */
export const lineOf = (reader: Reader, notice: Notice, facts: Facts): string =>
  oneLine(say(reader, `${textsOf(notice)}.line`, valuesOf(reader, facts)));

/** What the inbox shows below the line for kinds that are also mailed whole (a decision and its reasons). */
export const bodyOf = (reader: Reader, notice: Notice, facts: Facts): string =>
  say(reader, `${textsOf(notice)}.body`, { ...valuesOf(reader, facts), secret: '' }).trim();

/**
 * @param name the reader's
 * @param secret a link that only this mail may hold
 * @param unsubscribe_url ends mails of this kind; null for those that cannot be switched off
 */
export function mailOf(
  ctx: Context,
  reader: Reader,
  notice: Notice,
  facts: Facts,
  { name, secret, unsubscribe_url }: { name: string; secret: string; unsubscribe_url: string | null },
): { subject: string; text: string } {
  const values = { ...valuesOf(reader, facts), secret };
  const parts = [
    say(reader, name ? 'notices.hello' : 'notices.hello_unnamed', { name }),
    say(reader, `${textsOf(notice)}.body`, values).trim(),
    ...(facts.link ? [`${ctx.config.public_url}${facts.link}`] : []),
    ...footOf(ctx, reader, notice, unsubscribe_url).map((foot) => `-- \n${foot}`),
  ];
  return { subject: oneLine(say(reader, `${textsOf(notice)}.subject`, values)), text: `${parts.join('\n\n')}\n` };
}

function footOf(ctx: Context, reader: Reader, notice: Notice, unsubscribe_url: string | null): string[] {
  if (unsubscribe_url === null) return notice.why ? [say(reader, `notices.why.${notice.why}`)] : [];
  const settings = `${ctx.config.public_url}/settings/notices`;
  return [say(reader, 'notices.foot', { notice: nameOf(reader, notice), settings, unsubscribe: unsubscribe_url })];
}

export const nameOf = (reader: Reader, notice: Notice): string => say(reader, `${textsOf(notice)}.name`);

/** A name may hold what would begin another header or line (FAULTS D12). */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
