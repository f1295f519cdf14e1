import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { ButtonLink, Card, cx, Icon, type IconName } from '../../ui/index.ts';

interface Moment {
  id: 'rose' | 'order';
  icon: IconName;
  done: boolean;
}

/** What was really done, told by what stands in the ledger and in the orders: nothing is ticked by hand. */
function useMoments(): Moment[] {
  const { me } = useSignedIn();
  const enabled = me !== null;
  const page = { params: { query: { limit: 20 } } };
  const history = $api.useQuery('get', '/api/wallet/history', page, { enabled });
  const orders = $api.useQuery('get', '/api/orders', page, { enabled });
  const gave = history.data?.items.some((line) => line.kind === 'gift_sent') ?? false;
  const bought = orders.data?.items.some((order) => order.room_id !== null) ?? false;
  return [
    { id: 'rose', icon: 'gift', done: gave },
    { id: 'order', icon: 'bag', done: bought },
  ];
}

/** Things to try, ticked when they are done. */
export function Moments({ room_id }: { room_id: string | null }) {
  const { t } = useText();
  const moments = useMoments();
  return (
    <ol className="grid gap-3 md:grid-cols-2">
      {moments.map(({ id, icon, done }, at) => (
        <li key={id} className="flex">
          <Card className="flex w-full gap-4">
            <span
              className={cx(
                'flex size-11 shrink-0 items-center justify-center rounded-full',
                done ? 'bg-good-wash text-good' : 'bg-accent-wash text-accent-text',
              )}
            >
              <Icon name={done ? 'check' : icon} />
            </span>
            <div className="min-w-0 grow">
              <h3 className="text-base">
                <span className="tabular text-soft">{at + 1}. </span>
                {t(`demo.moment_${id}`)}
                {done && <span className="ml-2 font-medium text-good text-sm">{t('demo.done')}</span>}
              </h3>
              <p className="mt-1 text-soft text-sm">{t(`demo.moment_${id}_text`)}</p>
              {room_id && (
                <ButtonLink to={`/live/${room_id}`} size="sm" className="mt-3">
                  {t('demo.to_the_live')}
                </ButtonLink>
              )}
            </div>
          </Card>
        </li>
      ))}
    </ol>
  );
}
