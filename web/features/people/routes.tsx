import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  { path: '/@{$handle}', component: lazy(() => import('./profile_page.tsx')), title: 'people.profile' },
  { path: '/me', component: lazy(() => import('./me_page.tsx')), title: 'people.profile' },
  { path: '/settings', component: lazy(() => import('./settings_page.tsx')), title: 'people.settings' },
  { path: '/follow-requests', component: lazy(() => import('./requests_page.tsx')), title: 'people.requests' },
  { path: '/verify-email', component: lazy(() => import('./verify_page.tsx')), title: 'people.verify' },
  { path: '/change-email', component: lazy(() => import('./change_email_page.tsx')), title: 'people.change_email' },
  { path: '/reset-password', component: lazy(() => import('./reset_page.tsx')), title: 'people.reset' },
];
