/** Routes of planned lives. */
import * as z from 'zod';
import { MAY_REFUSALS } from '../access/index.ts';
import type { App } from '../kernel/http.ts';
import { keyed } from '../kernel/idempotency.ts';
import { toWire, wireId } from '../kernel/ids.ts';
import { decodeCursor, pageOf, pageQuery, toPage } from '../kernel/paging.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { calendarFile } from './calendar.ts';
import type { Hub } from './hub.ts';
import { searchText } from './messages.ts';
import { mountPictures } from './schedule_pictures.ts';
import { listUpcoming } from './schedule_queries.ts';
import * as shapes from './schedule_shapes.ts';
import { cancelSchedule, createSchedule, editSchedule, getSchedule, remind, startFromSchedule } from './schedules.ts';
import { roomCard, shapeAll } from './shapes.ts';

const WISH_REFUSALS = ['zone_unknown', 'schedule_in_past', 'schedule_too_far'];
const { scheduleParams: params, scheduleCard, schedulePage, scheduleWish } = shapes;

export function mountSchedules(app: App, hub: Hub): void {
  mountPlans(app);
  mountPlan(app, hub);
  mountReminders(app);
  mountStart(app, hub);
  mountCalendar(app);
  mountPictures(app);
}

function mountPlans(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/schedules',
      who: 'anyone',
      summary: 'Planned lives, soonest first; searched by title or host',
      query: pageQuery.extend({ host_id: wireId('person').optional(), q: searchText.optional() }),
      response: { 200: pageOf(scheduleCard) },
    },
    async ({ me, query: { host_id = null, q = null, limit, after } }) => {
      const seen = after ? (decodeCursor(ctx.config, after) as [string, string]) : null;
      const filter = { host_id, viewer_id: me?.person_id ?? null, search: q };
      const rows = await listUpcoming(ctx.db.pool, filter, limit + 1, seen);
      const page = toPage(ctx.config, rows, limit, (row) => [row.starts_at.toISOString(), row.schedule_id]);
      return { ...page, items: await shapes.shapeSchedules(ctx, me, page.items) };
    },
  );
  const created = z.object({ schedule_id: wireId('schedule') });
  route(
    app,
    {
      method: 'POST',
      url: '/schedules',
      who: 'person',
      key: 'required',
      summary: 'Plan a live at a time on the clock of a zone, once or again and again',
      body: scheduleWish,
      response: { 201: created },
      refusals: ['too_many_schedules', ...WISH_REFUSALS, ...MAY_REFUSALS],
    },
    ({ me, body, key }) => keyed(ctx, key, { 201: created }, (tx) => createSchedule(ctx, tx, me, body)),
  );
}

function mountPlan(app: App, hub: Hub): void {
  const ctx = app.souk;
  const response = { 200: schedulePage };
  const spec = { url: '/schedules/:schedule_id', params, response } as const;
  route(
    app,
    { ...spec, method: 'GET', who: 'anyone', summary: 'A planned live, and the room that was opened from it' },
    async ({ me, params: { schedule_id } }) => {
      const page = await shapes.shapePage(ctx, hub, me, await getSchedule(ctx, schedule_id, me));
      if (!page) throw new Refusal('not_found');
      return page;
    },
  );
  route(
    app,
    {
      ...spec,
      method: 'PUT',
      who: 'person',
      summary: 'Change one’s own plan; who asked to be reminded hears of another time',
      body: scheduleWish,
      refusals: ['schedule_closed', ...WISH_REFUSALS],
    },
    async ({ me, params: { schedule_id }, body }) => {
      const page = await shapes.shapePage(ctx, hub, me, await editSchedule(ctx, me, schedule_id, body));
      if (!page) throw new Refusal('not_found');
      return page;
    },
  );
  route(
    app,
    {
      ...spec,
      method: 'DELETE',
      who: 'person',
      summary: 'Cancel one’s own plan; who asked to be reminded is told',
      refusals: ['schedule_closed'],
    },
    async ({ me, params: { schedule_id } }) => {
      const page = await shapes.shapePage(ctx, hub, me, await cancelSchedule(ctx, me, schedule_id));
      if (!page) throw new Refusal('not_found');
      return page;
    },
  );
}

function mountReminders(app: App): void {
  const ctx = app.souk;
  for (const [method, wanted, summary] of [
    ['PUT', true, 'Be told when a planned live begins'],
    ['DELETE', false, 'Not be told after all'],
  ] as const) {
    route(
      app,
      {
        method,
        url: '/schedules/:schedule_id/reminder',
        who: 'person',
        summary,
        params,
        response: { 200: z.object({ reminded: z.boolean() }) },
        refusals: ['schedule_closed'],
      },
      async ({ me, params: { schedule_id } }) => {
        await remind(ctx, me, schedule_id, wanted);
        return { reminded: wanted };
      },
    );
  }
}

function mountStart(app: App, hub: Hub): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'POST',
      url: '/schedules/:schedule_id/start',
      who: 'person',
      key: 'none',
      summary: 'Open the room of one’s own plan, from an hour before until two hours after its time',
      params,
      response: { 201: z.object({ room: roomCard, stream_id: wireId('stream'), stream_key: z.string() }) },
      refusals: ['schedule_closed', 'schedule_not_due', 'room_open', ...MAY_REFUSALS],
    },
    async ({ me, params: { schedule_id } }) => {
      const { room, stream_key } = await startFromSchedule(ctx, me, schedule_id);
      const [card] = await shapeAll(ctx, hub, me, [room]);
      if (!card) throw new Refusal('not_found');
      return { room: card, stream_id: room.stream_id, stream_key };
    },
  );
}

function mountCalendar(app: App): void {
  const ctx = app.souk;
  const host = new URL(ctx.config.public_url).hostname;
  app.get('/api/schedules/:schedule_id/calendar', { schema: { hide: true } }, async (req, reply) => {
    const asked = params.safeParse(req.params);
    if (!asked.success) throw new Refusal('not_found');
    const { schedule_id } = asked.data;
    const schedule = await getSchedule(ctx, schedule_id, await ctx.authenticate(req.headers.cookie));
    const id = toWire('schedule', schedule_id);
    const url = `${ctx.config.public_url}/schedules/${id}`;
    const text = calendarFile({ ...schedule, uid: `${id}@${host}`, url, cancelled: schedule.state === 'cancelled' });
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', `attachment; filename="${id}.ics"`)
      .header('cache-control', 'no-store')
      .send(text);
  });
}
