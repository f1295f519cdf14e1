import { cx, Icon } from '../../ui/index.ts';
import type { Product } from './data.ts';

/** The first picture of a product, or the sign of a thing where there is none. */
export function ProductPicture({
  product,
  small,
  className,
}: {
  product: Product;
  small?: boolean;
  className?: string;
}) {
  const [image] = product.images;
  if (!image) {
    return (
      <span className={cx('flex items-center justify-center bg-raised text-soft', className)}>
        <Icon name="box" className={small ? 'size-6' : 'size-12'} />
      </span>
    );
  }
  return (
    <img
      src={small ? image.small_url : image.url}
      alt={product.title}
      loading="lazy"
      className={cx('object-cover', className)}
    />
  );
}
