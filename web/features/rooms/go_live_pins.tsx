import type { Pin, Unpin } from '@souk/sdk/live';
import { pinAt } from '@souk/sdk/room';
import { keepPreviousData } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { $api, api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Badge, Button, ErrorNote, List, ListRow, TextField } from '../../ui/index.ts';
import { type Product, useProduct } from '../catalog/data.ts';
import { ProductPicture } from '../catalog/product_picture.tsx';

interface GoLivePinsProps {
  room_id: string;
  live: boolean;
  /** What was pinned and taken away in this room. */
  pins: readonly (Pin | Unpin)[];
  /** Media time of the picture that the camera sees now: viewers see the pin with the gesture. */
  mediaTime: () => Date | null;
}

/** Later than every pin: what is pinned for the host, whose picture is the newest. */
const LATEST = new Date(8.64e15);
const SHOWN = 20;

/** What the host can pin: what is pinned, the own products, then what else is for sale here, by its title. */
export function GoLivePins({ room_id, live, pins, mediaTime }: GoLivePinsProps) {
  const { t } = useText();
  const [search, setSearch] = useState('');
  const { own, others, error: loading } = useProducts(useDeferredValue(search.trim()));
  const pinned = pinAt(pins, LATEST)?.thing.id ?? null;
  const { busy, error, pin } = usePinning(room_id, mediaTime);
  const row = (product: Product, mine: boolean) => (
    <PinRow
      key={product.product_id}
      product={product}
      mine={mine}
      pinned={pinned === product.product_id}
      busy={busy === product.product_id}
      disabled={!live}
      onPin={(on) => void pin(product.product_id, on)}
    />
  );
  const mine = ({ product_id }: Product) => own.some((product) => product.product_id === product_id);
  const rest = (products: Product[]) => products.filter(({ product_id }) => product_id !== pinned);

  return (
    <>
      <TextField
        label={t('golive.find_product')}
        value={search}
        onChange={setSearch}
        type="search"
        autoComplete="off"
      />
      <ErrorNote error={error ?? loading} />
      <List label={t('golive.pins')}>
        {pinned && <PinnedRow product_id={pinned} row={(product) => row(product, mine(product))} />}
        {rest(own).map((product) => row(product, true))}
        {rest(others).map((product) => row(product, false))}
      </List>
      {own.length + others.length === 0 && <p className="text-soft text-sm">{t('golive.no_products')}</p>}
    </>
  );
}

function useProducts(q: string) {
  const { me } = useSignedIn();
  const seller_id = me?.person_id ?? '';
  const search = { limit: SHOWN, ...(q && { q }) };
  const keep = { placeholderData: keepPreviousData };
  const own = $api.useQuery(
    'get',
    '/api/products',
    { params: { query: { ...search, seller_id } } },
    { ...keep, enabled: me !== null },
  );
  const all = $api.useQuery('get', '/api/products', { params: { query: search } }, keep);
  const mine = new Set(own.data?.items.map(({ product_id }) => product_id));
  return {
    own: own.data?.items ?? [],
    others: all.data?.items.filter(({ product_id }) => !mine.has(product_id)) ?? [],
    error: own.error ?? all.error,
  };
}

function usePinning(room_id: string, mediaTime: () => Date | null) {
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const pin = async (id: string, on: boolean) => {
    const media_at = mediaTime()?.toISOString();
    setBusy(id);
    setError(null);
    const path = { room_id };
    const answer = on
      ? await api.PUT('/api/rooms/{room_id}/pin', {
          params: { path },
          body: { thing: { type: 'product', id }, media_at },
        })
      : await api.DELETE('/api/rooms/{room_id}/pin', { params: { path, query: { media_at } } });
    setBusy(null);
    if (answer.error) setError(answer.error);
  };
  return { busy, error, pin };
}

/** Stands first, whatever is searched for: taking it away is always near. */
function PinnedRow({ product_id, row }: { product_id: string; row: (product: Product) => React.ReactNode }) {
  const { data: product } = useProduct(product_id);
  return product && row(product);
}

interface PinRowProps {
  product: Product;
  mine: boolean;
  pinned: boolean;
  busy: boolean;
  disabled: boolean;
  onPin: (on: boolean) => void;
}

function PinRow({ product, mine, pinned, busy, disabled, onPin }: PinRowProps) {
  const { t } = useText();
  return (
    <ListRow
      lead={<ProductPicture product={product} small className="size-11 shrink-0 rounded-md" />}
      title={product.title}
      text={mine ? <Badge>{t('golive.own_product')}</Badge> : product.merchant_name}
      end={
        <Button
          size="sm"
          icon="pin"
          tone={pinned ? 'accent' : 'plain'}
          aria-pressed={pinned}
          busy={busy}
          disabled={disabled}
          onClick={() => onPin(!pinned)}
        >
          {t(pinned ? 'golive.unpin' : 'golive.pin')}
        </Button>
      }
    />
  );
}
