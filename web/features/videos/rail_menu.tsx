import { useText } from '../../text.ts';
import { Menu, type MenuItem } from '../../ui/index.ts';

/** What else one can do with a video. Its code comes after the picture. */
export default function RailMenu({ items }: { items: readonly MenuItem[] }) {
  const { t } = useText();
  return (
    <Menu label={t('videos.more')} className="-my-1 hover:bg-white/15 data-popup-open:bg-white/15" items={items} />
  );
}
