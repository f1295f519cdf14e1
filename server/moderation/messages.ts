/** What people are told of decisions: the person it concerns, and those who reported it (DSA art. 16 (5) and 17). */
import { findSanction } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import { declareNotices, type Notice, type Param } from '../notices/index.ts';
import * as queries from './queries.ts';
import type { SubjectKind } from './subjects.ts';

/** The statement of reasons to whom a measure concerns. */
const measure: Notice = {
  kind: 'moderation.measure',
  category: 'moderation',
  channels: { app: 'always', mail: 'always', push: 'on' },
  why: 'decision',
  on: {
    event: 'moderation.decided',
    async tell(ctx, { data }) {
      const { decision_id, owner_id, subject_kind } = data as {
        decision_id: string;
        owner_id: string;
        subject_kind: SubjectKind;
      };
      const decision = await queries.findDecision(ctx.db.pool, decision_id);
      if (decision?.outcome !== 'violation') return [];
      const sanction = decision.sanction_id ? await findSanction(ctx.db.pool, owner_id, decision.decided_at) : null;
      const measures = measuresOf(decision.take_down ? subject_kind : null, sanction?.until_at ?? null);
      return [{ person_id: owner_id, params: { measures, reason: decision.reason }, link: '/decisions' }];
    },
  },
  example: { measures: measuresOf('room', new Date('2026-11-05T11:00:00Z')), reason: 'Insulted others.' },
};

function measuresOf(taken_down: SubjectKind | null, until_at: Date | null): Param {
  const ended = taken_down ? [{ text: `moderation.measure.took_${taken_down}` }] : [];
  const until = until_at && { time: until_at.toISOString() };
  const suspended = until ? [{ text: 'moderation.measure.suspended', params: { until } }] : [];
  return { lines: [...ended, ...suspended] };
}

const decided: Notice = {
  kind: 'moderation.report_decided',
  category: 'moderation',
  channels: { app: 'always', mail: 'always' },
  why: 'decision',
  on: {
    event: 'moderation.decided',
    async tell(ctx, { data }) {
      const { decision_id } = data as { decision_id: string };
      const decision = await queries.findDecision(ctx.db.pool, decision_id);
      const reporters = decision ? await queries.reportersOf(ctx.db.pool, decision_id) : [];
      return reporters.map((person_id) => ({ person_id, params: { outcome: decision?.outcome ?? 'dismissed' } }));
    },
  },
  example: { outcome: 'violation' },
};

const lifted: Notice = {
  kind: 'moderation.lifted',
  category: 'moderation',
  channels: { app: 'always', mail: 'always', push: 'on' },
  why: 'decision',
  on: {
    event: 'moderation.suspension_lifted',
    tell: async (_, { subject }) => [{ person_id: subject }],
  },
  example: {},
};

export const tellOfDecisions = (ctx: Context): void => declareNotices(ctx, [measure, decided, lifted]);
