/** The table of all notices, for docs/notices.md. */
import type { Context } from '../kernel/context.ts';
import { nameOf } from './compose.ts';
import { CATEGORIES, CHANNELS, type Notice, registryOf } from './registry.ts';

const READER = { locale: 'en', zone: 'UTC' } as const;

export function noticeTable(ctx: Context): string {
  const order = (notice: Notice) => `${CATEGORIES.indexOf(notice.category)} ${notice.kind}`;
  const all = [...registryOf(ctx).values()].toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  const head = ['notice', 'what it tells', 'told on', 'inbox', 'mail', 'push', 'waits in quiet hours', 'cannot be off'];
  return [head, head.map(() => '---'), ...all.map(rowOf)].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function rowOf(notice: Notice): string[] {
  const { kind, channels, urgent, on, why } = notice;
  const waits = urgent || (channels.mail === 'always' && channels.push === undefined) ? 'no' : 'yes';
  const where = CHANNELS.map((channel) => channels[channel] ?? '–');
  return [`\`${kind}\``, nameOf(READER, notice), on ? `\`${on.event}\`` : 'a verb', ...where, waits, why ?? '–'];
}
