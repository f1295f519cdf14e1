import type { paths } from '@souk/sdk/openapi';

export type RoomPageData = paths['/api/rooms/{room_id}']['get']['responses']['200']['content']['application/json'];
export type TimelineItem =
  paths['/api/rooms/{room_id}/timeline']['get']['responses']['200']['content']['application/json']['items'][number];
export type PersonCard = RoomPageData['host'];
export type SchedulePageData =
  paths['/api/schedules/{schedule_id}']['get']['responses']['200']['content']['application/json'];
export type ScheduleCard =
  paths['/api/schedules']['get']['responses']['200']['content']['application/json']['items'][number];
export type ScheduleWish = paths['/api/schedules']['post']['requestBody']['content']['application/json'];
export type QuestionItem =
  paths['/api/rooms/{room_id}/questions']['get']['responses']['200']['content']['application/json']['items'][number];
export type LiveSummary =
  paths['/api/rooms/{room_id}/summary']['get']['responses']['200']['content']['application/json'];
