import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  { path: '/live/$id', component: lazy(() => import('./room_page.tsx')), title: 'rooms.title', frame: 'stage' },
  { path: '/studio/live', component: lazy(() => import('./go_live.tsx')), title: 'golive.title' },
  { path: '/studio', component: lazy(() => import('./studio_page.tsx')), title: 'rooms.studio' },
];
