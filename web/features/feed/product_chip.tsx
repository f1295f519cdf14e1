import { lazy, Suspense, useState } from 'react';
import { useText } from '../../text.ts';
import { Icon, Price } from '../../ui/index.ts';
import { cheapest } from '../catalog/data.ts';
import { ProductPicture } from '../catalog/product_picture.tsx';
import type { Links } from './data.ts';

const BuySheet = lazy(() => import('../orders/buy_sheet.tsx').then(({ BuySheet }) => ({ default: BuySheet })));

interface ProductChipProps {
  links: Links;
  /** The second of the picture: a product stands there from its moment on. */
  at_s: number;
  active: boolean;
}

/** What the video shows for sale, from its moment on. Two taps, and the video goes on behind the sheet. */
export function ProductChip({ links, at_s, active }: ProductChipProps) {
  const { t } = useText();
  const [buying, setBuying] = useState(false);
  const link = links.findLast(({ from_ms }) => from_ms <= at_s * 1_000 + 999);
  if (!link || !active) return null;
  const { product } = link;
  const variant = cheapest(product);
  return (
    <>
      <button
        type="button"
        onClick={() => setBuying(true)}
        className="flex max-w-72 animate-rise items-center gap-2.5 rounded-md bg-black/60 p-1.5 pr-3.5 text-left text-sm text-white backdrop-blur-md hover:bg-black/75"
      >
        <ProductPicture product={product} small className="size-11 shrink-0 rounded-sm text-white" />
        <span className="min-w-0">
          <span className="block truncate font-semibold">{product.title}</span>
          {variant && <Price className="font-bold" money={variant.price} />}
        </span>
        <Icon name="bag" className="size-5 shrink-0" />
        <span className="sr-only">{t('catalog.buy')}</span>
      </button>
      {buying && (
        <Suspense fallback={null}>
          <BuySheet product={product} open onClose={() => setBuying(false)} />
        </Suspense>
      )}
    </>
  );
}
