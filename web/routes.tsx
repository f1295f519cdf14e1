import { createRootRoute, createRoute, createRouter, type RouteComponent } from '@tanstack/react-router';
import type { FeatureRoute } from './feature.ts';
import { ErrorPage, NotFoundPage } from './shell/fault_pages.tsx';
import { Screen } from './shell/screen.tsx';
import { Shell } from './shell/shell.tsx';

const modules = import.meta.glob<{ routes: FeatureRoute[] }>('./features/*/routes.tsx', { eager: true });
const features = Object.values(modules).flatMap((module) => module.routes);

const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: NotFoundPage,
  errorComponent: ErrorPage,
});

function routeOf(feature: FeatureRoute) {
  const component: RouteComponent = () => <Screen feature={feature} />;
  return createRoute({
    getParentRoute: () => rootRoute,
    path: feature.path,
    component,
    errorComponent: ErrorPage,
    staticData: { frame: feature.frame ?? 'page' },
  });
}

export const router = createRouter({
  routeTree: rootRoute.addChildren(features.map(routeOf)),
  scrollRestoration: true,
  defaultStructuralSharing: true,
});

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    frame?: FeatureRoute['frame'];
  }
}
