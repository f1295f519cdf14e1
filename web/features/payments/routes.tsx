import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  { path: '/operate/refunds', component: lazy(() => import('./refunds_page.tsx')), title: 'payments.refunds' },
];
