import { Outlet, useMatches } from '@tanstack/react-router';
import { UploadPill } from '../features/videos/upload_pill.tsx';
import { useText } from '../text.ts';
import { cx } from '../ui/index.ts';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { DemoMoneyNote, OfflineNote } from './notes.tsx';
import { Rail } from './rail.tsx';
import { SignInSlot } from './sign_in_slot.tsx';
import { TabBar } from './tab_bar.tsx';

/** What stands around every screen. */
export function Shell() {
  const { t } = useText();
  const frame = useMatches().at(-1)?.staticData.frame;
  const stage = frame === 'stage';
  const picture = stage || frame === 'feed';
  if (frame === 'bare') {
    return (
      <main id="main">
        <Outlet />
      </main>
    );
  }
  return (
    <>
      <a
        href="#main"
        className="-translate-y-24 fixed top-2 left-2 z-80 rounded-full bg-accent px-5 py-3 font-semibold text-accent-ink focus:translate-y-0"
      >
        {t('shell.skip')}
      </a>
      <div className="flex min-h-dvh">
        <Rail small={stage} />
        <div className="flex min-w-0 grow flex-col">
          <div className={cx(picture && 'max-md:absolute max-md:inset-x-0 max-md:top-0 max-md:z-10')}>
            <DemoMoneyNote />
            <OfflineNote />
          </div>
          {!picture && <Header />}
          <main id="main" tabIndex={-1} className="flex min-w-0 grow flex-col outline-none">
            <Outlet />
          </main>
          {!picture && <Footer />}
        </div>
      </div>
      {!stage && <TabBar />}
      <UploadPill />
      <SignInSlot />
    </>
  );
}
