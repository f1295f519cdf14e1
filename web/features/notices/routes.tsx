import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  { path: '/notices', component: lazy(() => import('./inbox_page.tsx')), title: 'notices.title' },
  { path: '/settings/notices', component: lazy(() => import('./choices_page.tsx')), title: 'notices.settings' },
  { path: '/unsubscribe', component: lazy(() => import('./unsubscribe_page.tsx')), title: 'notices.unsubscribe' },
];
