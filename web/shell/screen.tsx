import { Suspense } from 'react';
import type { FeatureRoute } from '../feature.ts';
import { useText } from '../text.ts';
import { Loading, useTitle } from '../ui/index.ts';

/** One screen: its name in the tab at once, its code when it has come. */
export function Screen({ feature }: { feature: FeatureRoute }) {
  const { t } = useText();
  useTitle(t(feature.title));
  return (
    <Suspense fallback={<Loading className="min-h-[60dvh]" />}>
      <feature.component />
    </Suspense>
  );
}
