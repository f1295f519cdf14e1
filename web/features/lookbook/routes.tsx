import { lazy } from 'react';
export const routes = [{ path: '/lookbook', component: lazy(() => import('./page.tsx')), title: 'shell.demo' }];
