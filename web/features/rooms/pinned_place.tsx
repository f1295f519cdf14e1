import type { Pin } from '@souk/sdk/live';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Icon, Link } from '../../ui/index.ts';
import type { RoomPageData } from './data.ts';

interface PinnedPlaceProps {
  room: RoomPageData;
  pin: Pin | null;
  /** Units left, by variant, as the room last told. */
  stock: Record<string, number>;
}

/** Where the pinned thing stands: above the field one writes in. */
export function PinnedPlace({ pin }: PinnedPlaceProps) {
  const { t } = useText();
  const product_id = pin?.thing.id ?? '';
  const product = $api.useQuery(
    'get',
    '/api/products/{product_id}',
    { params: { path: { product_id } } },
    { enabled: pin !== null },
  );
  if (!pin || !product.data) return null;
  return (
    <div className="pointer-events-auto px-3 pb-2 md:px-4">
      <Link
        to={`/products/${product_id}`}
        className="flex animate-rise items-center gap-3 rounded-lg bg-white p-2 text-black shadow-lift md:bg-raised md:text-ink"
      >
        <span className="flex size-12 items-center justify-center rounded-md bg-black/10">
          <Icon name="bag" />
        </span>
        <span className="min-w-0 grow">
          <span className="block truncate font-semibold text-sm">{product.data.title}</span>
          <span className="block text-xs opacity-75">{t('rooms.pinned')}</span>
        </span>
        <Icon name="right" />
      </Link>
    </div>
  );
}
