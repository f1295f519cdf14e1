/** Moderation: reports, decisions, and the log of both. */
import type { App } from '../kernel/http.ts';
import { mountQueue } from './api.ts';
import { reactToDecisions } from './decisions.ts';
import { mountDecisions } from './decisions_api.ts';
import { tellOfDecisions } from './messages.ts';
import { mountReports } from './reports_api.ts';
import { definePeople, defineRooms } from './subjects.ts';

export { defineSubject, type Stop, type Subject, type SubjectSource } from './subjects.ts';

export function mountModeration(app: App): void {
  definePeople(app.souk);
  defineRooms(app.souk);
  reactToDecisions(app.souk);
  tellOfDecisions(app.souk);
  mountReports(app);
  mountQueue(app);
  mountDecisions(app);
}
