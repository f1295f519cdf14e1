import { useLocation } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useSignedIn } from '../session.tsx';
import { useText } from '../text.ts';
import { cx, Icon, Link } from '../ui/index.ts';
import { FEED, isHere, LIVE, type Place, profilePlace, SHOP } from './places.ts';

const SPOT = 'flex min-h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 px-0.5 text-xs';

function Tab({ place }: { place: Place }) {
  const { t } = useText();
  const { pathname } = useLocation();
  const here = isHere(place, pathname);
  return (
    <Link
      to={place.to}
      aria-current={here ? 'page' : undefined}
      className={cx(SPOT, 'focus-visible:-outline-offset-2', here ? 'font-semibold text-ink' : 'text-soft')}
    >
      <Icon name={place.icon} className={cx('size-6', here && 'text-accent-text')} />
      <span className="max-w-full truncate">{t(place.name)}</span>
    </Link>
  );
}

const CreateMenu = lazy(() => import('./create_menu.tsx'));

function CreateSign() {
  return (
    <span className="arch flex h-10 w-12 items-end justify-center bg-accent pb-1.5 text-accent-ink">
      <Icon name="plus" className="size-6 [stroke-width:2.4]" />
    </span>
  );
}

/** The way around on a phone, within the thumb's reach. */
export function TabBar() {
  const { t } = useText();
  const { me, askSignIn } = useSignedIn();
  const own = profilePlace(me);
  return (
    <nav
      aria-label={t('shell.places')}
      className="pb-safe fixed inset-x-0 bottom-0 z-30 border-line/60 border-t bg-ground/92 backdrop-blur-lg md:hidden"
    >
      <div className="mx-auto flex max-w-lg items-stretch">
        <Tab place={FEED} />
        <Tab place={LIVE} />
        <Suspense
          fallback={
            <span className={SPOT}>
              <CreateSign />
            </span>
          }
        >
          <CreateMenu className={SPOT}>
            <CreateSign />
          </CreateMenu>
        </Suspense>
        <Tab place={SHOP} />
        {me ? (
          <Tab place={own} />
        ) : (
          <button type="button" onClick={askSignIn} className={cx(SPOT, 'text-soft focus-visible:-outline-offset-2')}>
            <Icon name="user" className="size-6" />
            <span className="max-w-full truncate">{t('shell.sign_in')}</span>
          </button>
        )}
      </div>
    </nav>
  );
}
