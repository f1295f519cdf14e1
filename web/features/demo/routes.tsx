import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  { path: '/demo', component: lazy(() => import('./demo_page.tsx')), title: 'demo.title' },
];
