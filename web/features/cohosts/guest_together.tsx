import { useText } from '../../text.ts';
import { Button } from '../../ui/index.ts';
import { Card } from './card.tsx';
import type { GuestSide } from './use_guest_side.ts';

interface GuestTogetherProps {
  guest: GuestSide;
  host: { name: string };
}

/** What stands between this viewer and the host: an invitation, a wish, or a picture one has left with another page. */
export function GuestTogether({ guest, host }: GuestTogetherProps) {
  const { t } = useText();
  const { own, on_air } = guest;
  if (!own || on_air || own.state === 'gone') return null;
  const asked = own.state === 'asked_by_guest';
  return (
    <Card text={t(`cohosts.${own.state}`, { name: host.name })}>
      {!asked && (
        <Button size="sm" tone="accent" onClick={() => guest.setLooking(true)}>
          {t(own.state === 'together' ? 'cohosts.go_on' : 'cohosts.look')}
        </Button>
      )}
      <Button size="sm" onClick={() => void guest.leave()}>
        {t(asked ? 'cohosts.take_back' : own.state === 'together' ? 'cohosts.leave' : 'cohosts.decline')}
      </Button>
    </Card>
  );
}
