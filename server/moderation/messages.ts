/** What people are told of decisions: the person it concerns, and those who reported it (DSA art. 16 (5) and 17). */
import { findSanction } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import { tell } from '../notices/index.ts';
import * as queries from './queries.ts';

const day = (at: Date, locale: string) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at);

export function tellOfDecisions(ctx: Context): void {
  tell(ctx, 'moderation.decided', 'moderation.measure', async (event) => {
    const { decision_id, owner_id } = event.data as { decision_id: string; owner_id: string };
    const decision = await queries.findDecision(ctx.db.pool, decision_id);
    if (decision?.outcome !== 'violation') return [];
    const sanction = decision.sanction_id ? await findSanction(ctx.db.pool, owner_id, decision.decided_at) : null;
    return [{ person_id: owner_id, text: ({ locale, name }) => measure(locale, name, decision, sanction?.until_at) }];
  });
  tell(ctx, 'moderation.decided', 'moderation.report_decided', async (event) => {
    const { decision_id } = event.data as { decision_id: string };
    const decision = await queries.findDecision(ctx.db.pool, decision_id);
    const reporters = decision ? await queries.reportersOf(ctx.db.pool, decision_id) : [];
    return reporters.map((person_id) => ({
      person_id,
      text: ({ locale, name }) => answer(locale, name, decision?.outcome === 'violation'),
    }));
  });
}

function measure(locale: 'de' | 'en', name: string, decision: queries.DecisionRow, until: Date | undefined) {
  const de = locale === 'de';
  const lines = [
    de ? `Hallo ${name},\n` : `Hello ${name},\n`,
    ...(decision.end_live ? [de ? 'dein Live wurde beendet.' : 'your live was ended.'] : []),
    ...(until
      ? [
          de
            ? `Dein Konto ist bis ${day(until, 'de')} (UTC) gesperrt: du kannst lesen und zuschauen, sonst nichts.`
            : `Your account is suspended until ${day(until, 'en')} (UTC): you can read and watch, nothing else.`,
        ]
      : []),
    `\n${de ? 'Begründung' : 'Reason'}: ${decision.reason}\n`,
    de
      ? 'Wenn du das für falsch hältst, antworte dem Betreiber auf diese Mail. Dir stehen auch die Gerichte offen.'
      : 'If you think this is wrong, reply to the operator. The courts are open to you as well.',
  ];
  return { subject: de ? 'Eine Entscheidung der Moderation' : 'A decision of the moderators', body: lines.join('\n') };
}

function answer(locale: 'de' | 'en', name: string, violation: boolean) {
  if (locale === 'de') {
    const what = violation
      ? 'Wir haben einen Verstoß festgestellt und gehandelt.'
      : 'Wir haben keinen Verstoß festgestellt.';
    return { subject: 'Zu deiner Meldung', body: `Hallo ${name},\n\ndanke für deine Meldung. ${what}\n` };
  }
  const what = violation ? 'We found a violation and acted on it.' : 'We found no violation.';
  return { subject: 'About your report', body: `Hello ${name},\n\nthank you for your report. ${what}\n` };
}
