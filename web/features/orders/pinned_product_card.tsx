import { useState } from 'react';
import { useText } from '../../text.ts';
import { cx, Icon, Price } from '../../ui/index.ts';
import { cheapest, unitsOf, useProduct } from '../catalog/data.ts';
import { ProductPicture } from '../catalog/product_picture.tsx';
import { BuySheet } from './buy_sheet.tsx';

interface PinnedProductCardProps {
  product_id: string;
  room_id: string;
  /** Units left as the room's socket tells them; newer than what was fetched. */
  stock?: number | undefined;
  className?: string;
}

/** The pinned product over the picture of a live. One tap opens the sheet, the second one orders. */
export function PinnedProductCard({ product_id, room_id, stock, className }: PinnedProductCardProps) {
  const { t } = useText();
  const { data: product } = useProduct(product_id);
  const [buying, setBuying] = useState(false);
  if (!product) return null;
  const units = stock ?? unitsOf(product);
  const variant = cheapest(product);
  return (
    <>
      <button
        type="button"
        onClick={() => setBuying(true)}
        disabled={units === 0}
        className={cx(
          'flex w-full max-w-md items-center gap-3 rounded-lg bg-black/60 p-2 pr-4 text-left text-white backdrop-blur-md',
          'transition-[background-color,transform] hover:bg-black/75 active:scale-[0.98] disabled:opacity-70',
          'md:max-w-none md:bg-raised md:text-ink md:backdrop-blur-none md:hover:bg-line',
          className,
        )}
      >
        <ProductPicture product={product} small className="size-14 shrink-0 rounded-md text-white" />
        <span className="min-w-0 grow">
          <span className="block truncate font-semibold">{product.title}</span>
          <span className="flex items-baseline gap-2 text-sm">
            {variant && <Price className="font-bold" money={variant.price} />}
            <span className="tabular truncate text-white/80 md:text-soft" aria-live="polite">
              {units === 0 ? t('catalog.sold_out') : t('catalog.left', { n: units })}
            </span>
          </span>
        </span>
        <span className="flex size-10 shrink-0 items-center justify-center rounded-full bg-accent text-accent-ink">
          <Icon name="bag" className="size-5" />
          <span className="sr-only">{t('catalog.buy')}</span>
        </span>
      </button>
      <BuySheet product={product} room_id={room_id} open={buying} onClose={() => setBuying(false)} />
    </>
  );
}
