import { useLocation } from '@tanstack/react-router';
import { useInstance } from '../instance.ts';
import { useSignedIn } from '../session.tsx';
import { useText } from '../text.ts';
import { Avatar, Button, cx, Icon, Link, Mark } from '../ui/index.ts';
import { Bell } from './bell.tsx';
import { MessagesSign } from './messages_sign.tsx';
import {
  DEMO,
  FEED,
  GO_LIVE,
  isHere,
  isStaff,
  LIVE,
  OPERATE,
  ORDERS,
  type Place,
  profilePlace,
  SELLER,
  SHOP,
  STUDIO,
  WALLET,
} from './places.ts';
import { Preferences } from './preferences.tsx';

function RailLink({ place, small }: { place: Place; small: boolean }) {
  const { t } = useText();
  const { pathname } = useLocation();
  const here = isHere(place, pathname);
  return (
    <li>
      <Link
        to={place.to}
        aria-current={here ? 'page' : undefined}
        title={small ? t(place.name) : undefined}
        className={cx(
          'group relative flex min-h-11 items-center gap-3.5 rounded-md transition-colors hover:bg-raised hover:text-ink',
          small ? 'w-11 justify-center' : 'px-3',
          here ? 'bg-raised font-semibold text-ink' : 'font-medium text-soft',
        )}
      >
        {here && <span aria-hidden="true" className="absolute inset-y-3 -left-3 w-1 rounded-full bg-accent" />}
        <Icon name={place.icon} className="size-[22px]" />
        <span className={small ? 'sr-only' : 'truncate'}>{t(place.name)}</span>
      </Link>
    </li>
  );
}

function placesOf(session: ReturnType<typeof useSignedIn>, demo: boolean): Place[][] {
  const { me } = session;
  const first = [FEED, LIVE, SHOP];
  const own = me ? [WALLET, ORDERS, profilePlace(me)] : [];
  const work = me ? [STUDIO, SELLER, ...(isStaff(me) ? [OPERATE] : [])] : [];
  return [first, own, work, demo ? [DEMO] : []].filter((group) => group.length > 0);
}

/** The way around on a desktop; only signs beside a screen that is all picture. */
export function Rail({ small }: { small: boolean }) {
  const { t } = useText();
  const session = useSignedIn();
  const instance = useInstance();
  const { me, askSignIn, loading } = session;
  return (
    <div
      className={cx(
        'sticky top-0 z-30 hidden h-dvh shrink-0 flex-col gap-5 overflow-y-auto overflow-x-clip border-line/60 border-r p-3 md:flex',
        small ? 'w-[69px]' : 'w-60',
      )}
    >
      <Link
        to="/"
        aria-label="Souk"
        className={cx('flex items-center gap-2.5 rounded-md py-1.5', small ? 'justify-center' : 'px-2')}
      >
        <Mark className="size-8" />
        {!small && <span className="font-extrabold text-[1.7rem] leading-none tracking-[-0.055em]">souk</span>}
      </Link>
      <nav aria-label={t('shell.places')} className="flex grow flex-col gap-4">
        {placesOf(session, instance?.demo ?? false).map((group) => (
          <ul key={group[0]?.to} className="grid gap-0.5">
            {group.map((place) => (
              <RailLink key={place.to} place={place} small={small} />
            ))}
          </ul>
        ))}
        <Link
          to={GO_LIVE.to}
          title={small ? t(GO_LIVE.name) : undefined}
          className={cx(
            'flex min-h-11 items-center justify-center gap-2 rounded-full bg-accent font-semibold text-accent-ink transition-[filter] hover:brightness-107',
            small ? 'w-11' : 'px-5',
          )}
        >
          <Icon name={GO_LIVE.icon} />
          <span className={small ? 'sr-only' : undefined}>{t(GO_LIVE.name)}</span>
        </Link>
      </nav>
      <div className={cx('flex items-center gap-x-2 gap-y-1', small ? 'flex-col' : 'flex-wrap')}>
        {me ? (
          <Link
            to={`/@${me.handle}`}
            className={cx('flex min-w-0 items-center gap-2.5 rounded-md p-1 hover:bg-raised', !small && 'basis-full')}
            title={me.name}
          >
            <Avatar name={me.name} src={me.avatar_url} size="sm" />
            <span className={small ? 'sr-only' : 'min-w-0 truncate font-semibold text-sm'}>{me.name}</span>
          </Link>
        ) : (
          !small && (
            <Button className="grow" onClick={askSignIn} disabled={loading}>
              {t('shell.sign_in')}
            </Button>
          )
        )}
        <MessagesSign className="text-soft" />
        <Bell className="text-soft" />
        <Preferences />
      </div>
    </div>
  );
}
