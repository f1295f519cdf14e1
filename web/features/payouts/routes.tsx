import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  { path: '/studio/earnings', component: lazy(() => import('./earnings_page.tsx')), title: 'payouts.title' },
];
