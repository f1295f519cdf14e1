import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Badge, ButtonLink, EmptyState, ErrorNote, List, ListRow, Loading, Price, Sheet } from '../../ui/index.ts';
import { cheapest, unitsOf } from './data.ts';
import { ProductPicture } from './product_picture.tsx';

interface PinPickerProps {
  open: boolean;
  onClose: () => void;
  /** The product that is pinned now. */
  pinned: string | null;
  /** Pins a product; null takes the pin down. */
  onPick: (product_id: string | null) => void;
}

/** For the host of a live: which of one's own products, or of all that is for sale, is shown now. */
export function PinPicker({ open, onClose, pinned, onPick }: PinPickerProps) {
  const { t } = useText();
  const page = { params: { query: { limit: 100 } } };
  const own = $api.useQuery('get', '/api/me/merchant/products', page, { enabled: open, retry: false });
  const all = $api.useQuery('get', '/api/products', page, { enabled: open });
  const mine = own.data?.items.filter((product) => product.state === 'published') ?? [];
  const others = all.data?.items.filter((one) => !mine.some(({ product_id }) => product_id === one.product_id)) ?? [];
  const products = [...mine, ...others];
  const pick = (product_id: string | null) => {
    onPick(product_id);
    onClose();
  };
  return (
    <Sheet open={open} onClose={onClose} title={t('catalog.pin_title')} description={t('catalog.pin_text')}>
      <ErrorNote error={all.error} />
      {all.isPending && <Loading />}
      {all.isSuccess && products.length === 0 && (
        <EmptyState
          icon="bag"
          title={t('catalog.nothing')}
          text={t('catalog.pin_nothing')}
          action={<ButtonLink to="/seller">{t('catalog.open_a_shop')}</ButtonLink>}
        />
      )}
      <List label={t('catalog.pin_title')}>
        {products.map((product) => {
          const variant = cheapest(product);
          const here = product.product_id === pinned;
          return (
            <ListRow
              key={product.product_id}
              lead={<ProductPicture product={product} small className="size-12 rounded-md" />}
              title={product.title}
              text={t('catalog.left', { n: unitsOf(product) })}
              end={
                here ? <Badge tone="accent">{t('catalog.pinned')}</Badge> : variant && <Price money={variant.price} />
              }
              onPress={() => pick(here ? null : product.product_id)}
            />
          );
        })}
      </List>
    </Sheet>
  );
}
