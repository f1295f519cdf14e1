import { useText } from '../../text.ts';
import { Button, Icon, type IconName, Sheet, TextLink } from '../../ui/index.ts';
import type { Reason, VideoItem } from './data.ts';
import type { Refusable } from './item_menu.tsx';

interface WhySheetProps {
  item: VideoItem;
  open: boolean;
  onClose(): void;
  onRefuse(what: Refusable): Promise<void>;
}

const SIGNS: Partial<Record<string, IconName>> = {
  followed: 'check',
  creator: 'user',
  sound: 'volume',
  co_watched: 'users',
  trending: 'chart',
  liked: 'heart',
  fresh: 'clock',
  language: 'globe',
};

/** Why an item is here: the causes that the server stored with it, the weightiest first, and less of each. */
export function WhySheet({ item, open, onClose, onRefuse }: WhySheetProps) {
  const { t } = useText();
  const refuse = (what: Refusable) => {
    onClose();
    void onRefuse(what);
  };
  return (
    <Sheet open={open} onClose={onClose} title={t('feed.why')} description={t('feed.why_text')}>
      <ul className="grid gap-1">
        {item.why.map((reason) => (
          <Cause key={`${reason.code}${reason.tag}${reason.video_id}`} reason={reason} item={item} onRefuse={refuse} />
        ))}
        {item.why.length === 0 && <li className="text-soft">{t('feed.why_nothing')}</li>}
      </ul>
      <p className="mt-4 border-line border-t pt-4 text-soft text-sm">
        {t('feed.why_more')} <TextLink to="/balance">{t('feed.why_balance')}</TextLink>
      </p>
    </Sheet>
  );
}

interface CauseProps {
  reason: Reason;
  item: VideoItem;
  onRefuse(what: Refusable): void;
}

function Cause({ reason, item, onRefuse }: CauseProps) {
  const { t } = useText();
  const { code, tag, person } = reason;
  const less = lessOf(reason, item);
  return (
    <li className="flex min-h-12 items-center gap-3">
      <Icon name={SIGNS[code] ?? 'info'} className="size-5 shrink-0 text-soft" />
      <span className="min-w-0 grow">
        {t(`feed.why_${code}`, {
          tag: tag ?? '',
          name: code === 'co_watched' ? (person?.name ?? '') : item.video.person.name,
          known: person ? 'yes' : 'no',
        })}
      </span>
      {less !== null && (
        <Button size="sm" onClick={() => onRefuse(less)}>
          {t('feed.less')}
        </Button>
      )}
    </li>
  );
}

function lessOf({ code, tag }: Reason, { video }: VideoItem): Refusable | null {
  if (code === 'tag' && tag) return { tag };
  if (code === 'sound' && video.sound) return 'sound';
  if (code === 'creator') return 'creator';
  return null;
}
