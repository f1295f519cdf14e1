import { lazy, Suspense, useState } from 'react';
import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { RailButton } from '../videos/action_rail.tsx';

const GiftTray = lazy(() => import('./gift_tray.tsx').then(({ GiftTray }) => ({ default: GiftTray })));

/** Beside a video: a gift to who made it. Who is too young sees no tray. */
export function GiftSign({ person }: { person: { person_id: string; name: string } }) {
  const { t } = useText();
  const { me } = useSignedIn();
  const [open, setOpen] = useState(false);
  const mine = $api.useQuery('get', '/api/access/mine', {}, { enabled: me !== null, staleTime: 60_000 });
  if (mine.data?.may.send_gifts === 'too_young') return null;
  const { person_id, name } = person;
  return (
    <>
      <RailButton icon="gift" name={t('gifts.give')} onPress={() => setOpen(true)} />
      {open && (
        <Suspense fallback={null}>
          <GiftTray open onClose={() => setOpen(false)} receiver={{ person_id, name }} clear />
        </Suspense>
      )}
    </>
  );
}
