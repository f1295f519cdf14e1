import { useText } from '../../text.ts';
import { Card, Price } from '../../ui/index.ts';
import { cheapest, type Product, unitsOf } from './data.ts';
import { ProductPicture } from './product_picture.tsx';

/** A product in a grid: picture, name, price, whether it can be had. */
export function ProductCard({ product }: { product: Product }) {
  const { t } = useText();
  const variant = cheapest(product);
  const several = new Set(product.variants.map(({ price }) => price.amount)).size > 1;
  return (
    <Card to={`/products/${product.product_id}`} flush>
      <ProductPicture product={product} className="aspect-square w-full" />
      <div className="p-3.5">
        <h3 className="line-clamp-2 text-base leading-snug">{product.title}</h3>
        <p className="truncate text-soft text-sm">{product.merchant_name}</p>
        <p className="mt-1.5 font-semibold">
          {several && <span className="font-normal text-soft text-sm">{t('catalog.from')} </span>}
          {variant && <Price money={variant.price} was={variant.prior_price ?? undefined} />}
        </p>
        {unitsOf(product) === 0 && <p className="text-bad text-sm">{t('catalog.sold_out')}</p>}
      </div>
    </Card>
  );
}

export function ProductGrid({ products }: { products: Product[] }) {
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
      {products.map((product) => (
        <ProductCard key={product.product_id} product={product} />
      ))}
    </div>
  );
}
