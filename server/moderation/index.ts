/** Moderation: reports, decisions, and the log of both. */
import type { App } from '../kernel/http.ts';
import { mountQueue } from './api.ts';
import { reactToAppeals } from './appeals.ts';
import { mountAppeals } from './appeals_api.ts';
import { keepLog } from './audit.ts';
import { reactToDecisions } from './decisions.ts';
import { mountDecisions } from './decisions_api.ts';
import { tellOfDecisions } from './messages.ts';
import { reactToRaids } from './raids.ts';
import { mountReports } from './reports_api.ts';
import { mountStaff } from './staff_api.ts';
import { defineSubjects } from './subjects.ts';

export { defineSubject, type Stop, type Subject, type SubjectSource } from './subjects.ts';

export function mountModeration(app: App): void {
  defineSubjects(app.souk);
  for (const react of [reactToDecisions, reactToAppeals, reactToRaids, keepLog]) react(app.souk);
  tellOfDecisions(app.souk);
  mountReports(app);
  mountQueue(app);
  mountDecisions(app);
  mountAppeals(app);
  mountStaff(app);
}
