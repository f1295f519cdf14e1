import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  { path: '/', component: lazy(() => import('./home_page.tsx')), title: 'shell.live' },
];
