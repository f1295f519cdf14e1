import type { paths } from '@souk/sdk/openapi';
import { $api, PAGED } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Badge, ErrorNote, Icon, Link, More, Price, Skeleton } from '../../ui/index.ts';
import { GiftArt } from '../gifts/index.ts';

type Line =
  paths['/api/payouts/earnings/days/{day_on}']['get']['responses'][200]['content']['application/json']['items'][number];

/** The lines behind a day: which purchase, which coins of it, which share, what came of it. Each opens its gift. */
export function DayLines({ day_on, currency }: { day_on: string; currency: string }) {
  const lines = $api.useInfiniteQuery(
    'get',
    '/api/payouts/earnings/days/{day_on}',
    { params: { path: { day_on }, query: { limit: 50 } } },
    PAGED,
  );
  const items = lines.data?.pages.flatMap((page) => page.items).filter((line) => line.total.currency === currency);
  if (lines.error) return <ErrorNote error={lines.error} onRetry={() => void lines.refetch()} className="mt-4" />;
  if (!items) return <Skeleton className="mt-4 h-24" />;
  return (
    <div className="mt-4 border-line border-t pt-2">
      <ul className="divide-y divide-line/70">
        {items.map((line) => (
          <LineRow key={`${line.gift_id}${line.reason}${line.lot.from}`} line={line} />
        ))}
      </ul>
      <More show={lines.hasNextPage} busy={lines.isFetchingNextPage} onMore={() => void lines.fetchNextPage()} />
    </div>
  );
}

function LineRow({ line }: { line: Line }) {
  const { t } = useText();
  const format = useFormat();
  const { lot, share } = line;
  return (
    <li>
      <Link
        to={`/gifts/${line.gift_id}`}
        className="-mx-2 flex items-center gap-3 rounded-md px-2 py-3 hover:bg-raised"
      >
        <GiftArt gift={line.gift} className="size-9 shrink-0" />
        <span className="min-w-0 grow text-sm">
          <span className="block font-semibold text-base">
            {t('gifts.pieces', { n: line.count, name: t(`gifts.name_${line.gift}`) })}{' '}
            {line.reason !== 'settled' && <Badge tone="bad">{t(`payouts.reason_${line.reason}`)}</Badge>}
          </span>
          <span className="block text-soft">
            {t('payouts.of_purchase', {
              from: format.number(lot.from),
              to: format.number(lot.to),
              n: Number(lot.coins),
              net: format.money(lot.net),
              vat: format.money(lot.vat),
            })}
          </span>
          <span className="block text-soft">
            {share.share_id} · {t('payouts.platform_rate', { rate: format.percent(share.platform_bps) })}
          </span>
        </span>
        <Price money={line.creator} className="shrink-0 font-semibold" />
        <Icon name="right" className="size-4 shrink-0 text-soft" />
      </Link>
    </li>
  );
}
