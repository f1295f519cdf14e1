import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  { path: '/wallet', component: lazy(() => import('./wallet_page.tsx')), title: 'wallet.title' },
  { path: '/wallet/receipts/$id', component: lazy(() => import('./receipt_page.tsx')), title: 'wallet.receipt' },
];
