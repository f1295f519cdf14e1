import { cx, Icon } from '../../ui/index.ts';
import type { Order } from './data.ts';

/** What an order holds, as the picture of its first line; the words beside it name it. */
export function OrderPicture({ order, className = 'size-14' }: { order: Order; className?: string }) {
  const url = order.lines[0]?.image_url;
  const looks = cx('shrink-0 rounded-md bg-raised', className);
  if (url) return <img src={url} alt="" loading="lazy" className={cx('object-cover', looks)} />;
  return (
    <span className={cx('flex items-center justify-center text-soft', looks)}>
      <Icon name="box" className="size-6" />
    </span>
  );
}
