import { useInstance } from '../instance.ts';
import { useSignedIn } from '../session.tsx';
import { useText } from '../text.ts';
import { cx, Link, type MenuItem, Wordmark } from '../ui/index.ts';
import { Bell } from './bell.tsx';
import { MessagesSign } from './messages_sign.tsx';
import { DEMO, isStaff, OPERATE, ORDERS, SELLER, STUDIO, WALLET } from './places.ts';
import { Preferences } from './preferences.tsx';

/** On a phone: what has no tab below. */
export function HeaderSigns({ className }: { className?: string }) {
  const { t } = useText();
  const { me } = useSignedIn();
  const instance = useInstance();
  const places = [
    ...(me ? [WALLET, ORDERS, STUDIO, SELLER] : []),
    ...(isStaff(me) ? [OPERATE] : []),
    ...(instance?.demo ? [DEMO] : []),
  ];
  const ways: MenuItem[] = places.map(({ to, icon, name }) => ({ to, icon, label: t(name) }));
  return (
    <span className={cx('flex items-center md:hidden', className)}>
      <MessagesSign />
      <Bell />
      <Preferences ways={ways} />
    </span>
  );
}

/** The head of a page on a phone. */
export function Header() {
  return (
    <header className="sticky top-0 z-20 flex h-14 items-center justify-between bg-ground/92 pr-1.5 pl-4 backdrop-blur-lg md:hidden">
      <Link to="/" aria-label="Souk">
        <Wordmark />
      </Link>
      <HeaderSigns className="text-soft" />
    </header>
  );
}
