import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

const home = lazy(() => import('./home_page.tsx'));

export const routes: FeatureRoute[] = [
  { path: '/', component: home, title: 'shell.live' },
  { path: '/live', component: home, title: 'shell.live' },
];
