import { useText } from '../../text.ts';
import { useMarket } from '../wallet/data.ts';

/** Whether the host's market lets them go live with a playlist that lies elsewhere. */
export const useOffersExternal = (): boolean => useMarket()?.live.providers.includes('external_hls') ?? false;

/** What it means that the pictures lie elsewhere. */
export function ExternalText() {
  const { t } = useText();
  return (
    <div className="flex flex-col gap-3 self-start rounded-2xl bg-surface p-5">
      <p className="font-semibold">{t('external.title')}</p>
      <ul className="grid list-disc gap-2 pl-5 text-soft">
        {['takes', 'begins', 'through_us', 'no_replay'].map((id) => (
          <li key={id}>{t(`external.${id}`)}</li>
        ))}
      </ul>
    </div>
  );
}
