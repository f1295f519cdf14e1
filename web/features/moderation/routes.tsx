import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  { path: '/operate/reports', component: lazy(() => import('./queue_page.tsx')), title: 'moderation.queue' },
];
