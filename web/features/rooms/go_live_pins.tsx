import { useState } from 'react';
import { $api, api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, ErrorNote, List, ListRow, Section } from '../../ui/index.ts';

interface GoLivePinsProps {
  room_id: string;
  live: boolean;
  /** Media time of the picture that the camera sees now: viewers see the pin with the gesture. */
  mediaTime: () => Date | null;
}

/** What the host can pin: the own products, then everything that is for sale here. */
export function GoLivePins({ room_id, live, mediaTime }: GoLivePinsProps) {
  const { t } = useText();
  const products = $api.useQuery('get', '/api/products', { params: { query: { limit: 50 } } });
  const [pinned, setPinned] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);

  const pin = async (id: string | null) => {
    setBusy(id ?? pinned);
    setError(null);
    const path = { room_id };
    const media_at = mediaTime()?.toISOString();
    const answer = id
      ? await api.PUT('/api/rooms/{room_id}/pin', {
          params: { path },
          body: { thing: { type: 'product', id }, media_at },
        })
      : await api.DELETE('/api/rooms/{room_id}/pin', { params: { path, query: { media_at } } });
    setBusy(null);
    if (answer.error) setError(answer.error);
    else setPinned(id);
  };

  return (
    <Section title={t('golive.pins')} text={t('golive.pins_text')}>
      <ErrorNote error={error ?? products.error} />
      <List label={t('golive.pins')}>
        {products.data?.items.map(({ product_id, title, merchant_name }) => (
          <ListRow
            key={product_id}
            title={title}
            text={merchant_name}
            end={
              <Button
                size="sm"
                icon="pin"
                tone={pinned === product_id ? 'accent' : 'plain'}
                aria-pressed={pinned === product_id}
                busy={busy === product_id}
                disabled={!live}
                onClick={() => void pin(pinned === product_id ? null : product_id)}
              >
                {t(pinned === product_id ? 'golive.unpin' : 'golive.pin')}
              </Button>
            }
          />
        ))}
      </List>
    </Section>
  );
}
