import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  {
    path: '/studio/record',
    component: lazy(() => import('./record_page.tsx')),
    title: 'posting.record',
    frame: 'stage',
  },
  { path: '/studio/upload', component: lazy(() => import('./upload_page.tsx')), title: 'posting.upload' },
  { path: '/studio/posts', component: lazy(() => import('./posts_page.tsx')), title: 'posting.posts' },
  { path: '/studio/comments', component: lazy(() => import('./held_page.tsx')), title: 'videos.held_title' },
  { path: '/sounds/$id', component: lazy(() => import('./sound_page.tsx')), title: 'posting.sound' },
  {
    path: '/embed/videos/$id',
    component: lazy(() => import('./embed_page.tsx')),
    title: 'videos.embed',
    frame: 'bare',
  },
];
