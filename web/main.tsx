import './styles.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api.ts';
import { router } from './routes.tsx';
import { SessionPlace } from './session.tsx';
import { preferredLocale, showLocale } from './text.ts';
import { ToastPlace } from './ui/index.ts';

await showLocale(preferredLocale());

// Installed as an app it says something without a network; in a browser's tab the browser does.
if (matchMedia('(display-mode: standalone)').matches && 'serviceWorker' in navigator) {
  void navigator.serviceWorker.register('/sw.js');
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <CSPProvider disableStyleElements>
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <SessionPlace>
          <RouterProvider router={router} />
          <ToastPlace />
        </SessionPlace>
      </QueryClientProvider>
    </I18nProvider>
  </CSPProvider>,
);
