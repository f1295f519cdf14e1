import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

const legal = lazy(() => import('./legal_page.tsx'));

export const routes: FeatureRoute[] = [
  { path: '/operate', component: lazy(() => import('./operate_page.tsx')), title: 'shell.operate' },
  { path: '/legal/imprint', component: legal, title: 'shell.imprint' },
  { path: '/legal/privacy', component: legal, title: 'shell.privacy' },
  { path: '/legal/terms', component: legal, title: 'shell.terms' },
  { path: '/legal/withdraw', component: lazy(() => import('./withdraw_page.tsx')), title: 'shell.withdraw' },
  { path: '/legal/cancel', component: lazy(() => import('./cancel_page.tsx')), title: 'shell.cancel' },
  { path: '/operate/invites', component: lazy(() => import('./invites_page.tsx')), title: 'instance.invites' },
  { path: '/invite/$code', component: lazy(() => import('./invite_page.tsx')), title: 'instance.invited' },
];
