import { useState } from 'react';
import { useText } from '../../text.ts';
import { Button, toast, useProblemText } from '../../ui/index.ts';
import { Card } from './card.tsx';
import { GuestSound } from './stream_view.tsx';
import { sayNo, sayYes } from './use_cohosts.ts';
import type { HostSide } from './use_host_side.ts';

/** Over the host's picture: who asks to join, who was asked, who is coming. One at a time; the rest is in the sheet. */
export function HostTogether({ room_id, pair }: { room_id: string; pair: HostSide }) {
  const { t } = useText();
  const run = useDeed();
  const { guest, items, link, sound } = pair;
  const asks = guest ?? items.find(({ state }) => state === 'asked_by_guest') ?? items[0];
  const there = guest !== null && link === 'connected';
  const { name = '', person_id = '' } = asks?.person ?? {};
  return (
    <>
      {sound && <GuestSound stream={sound} />}
      {asks && !there && asks.state !== 'gone' && (
        <Card text={t(guest ? 'cohosts.connecting' : `cohosts.host_${asks.state}`, { name })}>
          {asks.state === 'asked_by_guest' && (
            <Button
              size="sm"
              tone="accent"
              disabled={run.busy}
              onClick={() => run.deed(() => sayYes(room_id, person_id))}
            >
              {t('cohosts.take_in')}
            </Button>
          )}
          <Button size="sm" disabled={run.busy} onClick={() => run.deed(() => sayNo(room_id, person_id))}>
            {t(asks.state === 'asked_by_guest' ? 'cohosts.decline' : 'cohosts.take_back')}
          </Button>
        </Card>
      )}
    </>
  );
}

/** A deed that cannot be pressed twice, and says why it was refused. */
export function useDeed() {
  const problemText = useProblemText();
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<{ error?: unknown }>) => {
    setBusy(true);
    const { error } = await work();
    setBusy(false);
    if (error) toast({ title: problemText(error), tone: 'bad' });
  };
  return { busy, deed: (work: () => Promise<{ error?: unknown }>) => void run(work) };
}
