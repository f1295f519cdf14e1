import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  { path: '/', component: lazy(() => import('./feed_page.tsx')), title: 'feed.for_you', frame: 'feed' },
  { path: '/following', component: lazy(() => import('./following_page.tsx')), title: 'feed.following', frame: 'feed' },
  { path: '/videos/$id', component: lazy(() => import('./video_page.tsx')), title: 'feed.video', frame: 'feed' },
  { path: '/balance', component: lazy(() => import('./balance_page.tsx')), title: 'balance.title' },
];
