import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  { path: '/live/$id', component: lazy(() => import('./room_page.tsx')), title: 'rooms.title', frame: 'stage' },
  { path: '/live', component: lazy(() => import('./directory_page.tsx')), title: 'lives.directory' },
  { path: '/schedules/$id', component: lazy(() => import('./schedule_page.tsx')), title: 'lives.upcoming' },
  { path: '/studio/schedules/new', component: lazy(() => import('./schedule_editor.tsx')), title: 'lives.plan' },
  { path: '/studio/schedules/$id', component: lazy(() => import('./schedule_editor.tsx')), title: 'lives.edit' },
  { path: '/studio/lives/$id', component: lazy(() => import('./live_summary_page.tsx')), title: 'lives.summary' },
  { path: '/studio/live', component: lazy(() => import('./go_live.tsx')), title: 'golive.title' },
  { path: '/studio', component: lazy(() => import('./studio_page.tsx')), title: 'rooms.studio' },
];
