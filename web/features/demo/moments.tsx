import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { ButtonLink, Card, cx, Icon, type IconName } from '../../ui/index.ts';

interface Moment {
  id: 'rose' | 'order';
  icon: IconName;
  /** Where what was done can be looked at; null until it is done. */
  proof: string | null;
}

/** What was really done, told by what stands in the ledger and in the orders: nothing is ticked by hand. */
function useMoments(): Moment[] {
  const { me } = useSignedIn();
  const enabled = me !== null;
  const page = { params: { query: { limit: 20 } } };
  const history = $api.useQuery('get', '/api/wallet/history', page, { enabled });
  const orders = $api.useQuery('get', '/api/orders', page, { enabled });
  const gave = history.data?.items.find((line) => line.kind === 'gift_sent');
  const bought = orders.data?.items.find((order) => order.room_id !== null);
  return [
    { id: 'rose', icon: 'gift', proof: gave?.gift_id ? `/gifts/${gave.gift_id}` : null },
    { id: 'order', icon: 'bag', proof: bought ? `/orders/${bought.order_id}` : null },
  ];
}

/** Things to try, ticked when they are done. */
export function Moments({ room_id }: { room_id: string | null }) {
  const { t } = useText();
  const moments = useMoments();
  return (
    <ol className="grid gap-3 md:grid-cols-2">
      {moments.map(({ id, icon, proof }, at) => (
        <li key={id} className="flex">
          <Card className="flex w-full gap-4">
            <span
              className={cx(
                'flex size-11 shrink-0 items-center justify-center rounded-full',
                proof ? 'bg-good-wash text-good' : 'bg-accent-wash text-accent-text',
              )}
            >
              <Icon name={proof ? 'check' : icon} />
            </span>
            <div className="min-w-0 grow">
              <h3 className="text-base">
                <span className="tabular text-soft">{at + 1}. </span>
                {t(`demo.moment_${id}`)}
                {proof && <span className="ml-2 font-medium text-good text-sm">{t('demo.done')}</span>}
              </h3>
              <p className="mt-1 text-soft text-sm">{t(`demo.moment_${id}_text`)}</p>
              <div className="mt-3 flex flex-wrap gap-2">
                {proof && (
                  <ButtonLink to={proof} size="sm">
                    {t(`demo.proof_${id}`)}
                  </ButtonLink>
                )}
                {room_id && (
                  <ButtonLink to={`/live/${room_id}`} size="sm" tone={proof ? 'quiet' : 'plain'}>
                    {t('demo.to_the_live')}
                  </ButtonLink>
                )}
              </div>
            </div>
          </Card>
        </li>
      ))}
    </ol>
  );
}
