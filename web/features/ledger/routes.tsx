import { lazy } from 'react';
import type { FeatureRoute } from '../../feature.ts';

export const routes: FeatureRoute[] = [
  { path: '/operate/ledger', component: lazy(() => import('./trial_balance_page.tsx')), title: 'ledger.trial_balance' },
  {
    path: '/operate/ledger/kinds/$asset/$kind',
    component: lazy(() => import('./kind_page.tsx')),
    title: 'ledger.accounts',
  },
  {
    path: '/operate/ledger/accounts/$account_id',
    component: lazy(() => import('./account_page.tsx')),
    title: 'ledger.account',
  },
  { path: '/operate/ledger/ref/$ref', component: lazy(() => import('./ref_page.tsx')), title: 'ledger.transfers' },
];
