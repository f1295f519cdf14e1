/** Live rooms: socket, chat, likes, pins, ticks, timeline of the replay. What rooms below add comes by ports.ts. */
import type { App } from '../kernel/http.ts';
import { mountRoomsApi } from './api.ts';
import { mountAround } from './around.ts';
import { answerLines } from './chat.ts';
import { mountHostApi } from './host_api.ts';
import { Hub } from './hub.ts';
import { followEvents } from './jobs.ts';
import { mountSocket } from './socket.ts';

export { liveCards, roomCard, scheduleCard, upcomingCards } from './cards.ts';
export { writersSince } from './line_queries.ts';
export { type FoundLine, findLine, removeLine, removeLinesOf, restoreLine } from './lines.ts';
export type { Earned, MessageSpec, Said, Shown, Subscribers } from './ports.ts';
export { defineSubscribers, defineSummary, onMessage, show, tellCounters, tellPeople } from './ports.ts';
export { mustHavePower } from './power.ts';
export { findOpenRoom, findPins, findRoom, type Room } from './queries.ts';
export { endRoom, getRoom, type NewRoom, startRoom } from './rooms.ts';
export { type Happening, recentIn, type What } from './timeline.ts';

export function mountRooms(app: App): void {
  const hub = new Hub(app.souk);
  app.addHook('onClose', () => hub.close());
  answerLines(app.souk);
  followEvents(app.souk);
  mountRoomsApi(app, hub);
  mountHostApi(app, hub);
  mountAround(app, hub);
  mountSocket(app, hub);
}
