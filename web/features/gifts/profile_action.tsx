import { useState } from 'react';
import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button } from '../../ui/index.ts';
import { GiftTray } from './gift_tray.tsx';

/** On a profile: a gift from person to person. Who is too young sees no tray. */
export default function GiftAction({ person }: { person: { person_id: string; name: string } }) {
  const { t } = useText();
  const { me } = useSignedIn();
  const [open, setOpen] = useState(false);
  const mine = $api.useQuery('get', '/api/access/mine', {}, { enabled: me !== null, staleTime: 60_000 });
  const hidden = me?.person_id === person.person_id || mine.data?.may.send_gifts === 'too_young';
  if (hidden) return null;
  const { person_id, name } = person;
  return (
    <>
      <Button icon="gift" onClick={() => setOpen(true)}>
        {t('gifts.give')}
      </Button>
      <GiftTray open={open} onClose={() => setOpen(false)} receiver={{ person_id, name }} />
    </>
  );
}
