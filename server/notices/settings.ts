/** What somebody wants to be told, where, in which language and zone, and when they want quiet. */
import type { Context, Principal } from '../kernel/context.ts';
import { defineRefusals, Refusal } from '../kernel/refusal.ts';
import { type MarketCode, pack } from '../markets/index.ts';
import { findContact } from '../people/index.ts';
import { findSuppression } from './bounce_queries.ts';
import { canonicalAddress } from './bounces.ts';
import { nameOf } from './compose.ts';
import { type Choice, findChoices } from './queries.ts';
import { CATEGORIES, CHANNELS, type Channel, findNotice, goes, type Notice, registryOf } from './registry.ts';
import { findSettings, type Settings, upsertChoices } from './setting_queries.ts';
import { type Locale, type Reader, say } from './texts.ts';
import { readUnsubscribe } from './unsubscribe.ts';

export const settingRefusals = defineRefusals({
  notice_unknown: [404, 'There is no such notice, or not on this way'],
  notice_mandatory: [409, 'This notice cannot be switched off'],
  unsubscribe_invalid: [400, 'This link is not one of ours'],
});

/** Somebody who set no zone reads in their market's, and wants no quiet. */
export async function settingsOf(ctx: Context, person_id: string): Promise<Settings> {
  const settings = await findSettings(ctx.db.pool, person_id);
  if (settings) return settings;
  const contact = await findContact(ctx.db, person_id);
  const zone = contact ? pack(contact.market as MarketCode).zone : 'UTC';
  return { zone, quiet_from: null, quiet_until: null };
}

export async function readerOf(ctx: Context, person_id: string | null, locale: Locale): Promise<Reader> {
  if (person_id === null) return { locale, zone: 'UTC' };
  return { locale, zone: (await settingsOf(ctx, person_id)).zone };
}

/** Every notice there is, as it stands for this person, with the reason where it cannot be switched off. */
export async function readSettings(ctx: Context, me: Principal, locale: Locale) {
  const [{ zone, quiet_from, quiet_until }, choices, contact] = await Promise.all([
    settingsOf(ctx, me.person_id),
    findChoices(ctx.db.pool, [me.person_id], null),
    findContact(ctx.db, me.person_id),
  ]);
  const address = contact?.email ?? '';
  const order = (notice: Notice) => CATEGORIES.indexOf(notice.category);
  const notices = [...registryOf(ctx).values()].toSorted((a, b) => order(a) - order(b));
  return {
    zone,
    quiet: quiet_from !== null && quiet_until !== null ? { from: quiet_from, until: quiet_until } : null,
    mail: { address, suppressed: await findSuppression(ctx.db.pool, canonicalAddress(address)) },
    notices: notices.map((notice) => shown(notice, { locale, zone }, choices)),
  };
}

function shown(notice: Notice, reader: Reader, choices: Choice[]) {
  const { kind, category, channels, why } = notice;
  const wanted = (channel: Channel) =>
    choices.find((choice) => choice.kind === kind && choice.channel === channel)?.wanted;
  return {
    kind,
    category,
    name: nameOf(reader, notice),
    why: why ? say(reader, `notices.always.${why}`) : null,
    channels: CHANNELS.filter((channel) => channels[channel] !== undefined).map((channel) => ({
      channel,
      on: goes(notice, channel, wanted(channel)),
      mandatory: channels[channel] === 'always',
    })),
  };
}

/** Refuses `notice_unknown`, and `notice_mandatory` where one of them cannot be switched off. */
export async function choose(
  ctx: Context,
  person_id: string,
  choices: Pick<Choice, 'kind' | 'channel' | 'wanted'>[],
): Promise<void> {
  for (const { kind, channel, wanted } of choices) {
    const rule = findNotice(ctx, kind)?.channels[channel];
    if (rule === undefined) throw new Refusal('notice_unknown');
    if (rule === 'always' && !wanted) throw new Refusal('notice_mandatory');
  }
  const last = new Map(choices.map((choice) => [`${choice.kind} ${choice.channel}`, choice]));
  await upsertChoices(ctx.db.pool, person_id, [...last.values()]);
}

/** Ends mails of one kind by the link that stands in each of them. @returns what the notice is called */
export async function unsubscribe(ctx: Context, token: string, locale: Locale): Promise<string> {
  const link = readUnsubscribe(ctx.config, token);
  const notice = link && findNotice(ctx, link.kind);
  if (!link || !notice) throw new Refusal('unsubscribe_invalid');
  await upsertChoices(ctx.db.pool, link.person_id, [{ kind: link.kind, channel: 'mail', wanted: false }]);
  return nameOf({ locale, zone: 'UTC' }, notice);
}
