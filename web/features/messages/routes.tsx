import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

const page = lazy(() => import('./messages_page.tsx'));

export const routes: FeatureRoute[] = [
  { path: '/messages', component: page, title: 'messages.title' },
  { path: '/messages/$id', component: page, title: 'messages.title' },
];
