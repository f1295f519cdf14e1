import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

const receipt = lazy(() => import('./receipt_page.tsx'));

export const routes: FeatureRoute[] = [
  { path: '/operate/reports', component: lazy(() => import('./queue_page.tsx')), title: 'moderation.queue' },
  { path: '/reports', component: receipt, title: 'moderation.your_report' },
  { path: '/reports/$id', component: receipt, title: 'moderation.your_report' },
  { path: '/decisions', component: lazy(() => import('./own_decisions_page.tsx')), title: 'moderation.own' },
];
