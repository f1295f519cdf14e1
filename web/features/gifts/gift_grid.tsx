import { useText } from '../../text.ts';
import { Coins, cx } from '../../ui/index.ts';
import { useCoinPrice } from '../wallet/coin_price.ts';
import type { CatalogGift } from './data.ts';
import { GiftArt } from './gift_art.tsx';

interface GiftGridProps {
  gifts: readonly CatalogGift[];
  chosen: string;
  onChoose: (gift: string) => void;
}

const CLASSES = ['chip', 'banner', 'stage'] as const;

/** The gifts by class, each with its price in coins and in money. */
export function GiftGrid({ gifts, chosen, onChoose }: GiftGridProps) {
  const { t } = useText();
  const priceOf = useCoinPrice();
  return (
    <div className="grid gap-3">
      {CLASSES.map((shown) => (
        <section key={shown} aria-label={t(`gifts.class_${shown}`)}>
          <h3 className="mb-1.5 font-semibold text-soft text-xs">{t(`gifts.class_${shown}`)}</h3>
          <div className="grid grid-cols-4 gap-1.5">
            {gifts
              .filter((gift) => gift.class === shown)
              .map((gift) => (
                <button
                  key={gift.gift}
                  type="button"
                  aria-pressed={gift.gift === chosen}
                  disabled={!gift.offered}
                  onClick={() => onChoose(gift.gift)}
                  className={cx(
                    'flex min-w-0 flex-col items-center rounded-lg border px-0.5 pt-2 pb-1.5 transition-colors disabled:opacity-40',
                    gift.gift === chosen
                      ? 'border-accent-text bg-accent-wash'
                      : 'border-transparent bg-raised hover:bg-line',
                  )}
                >
                  <GiftArt gift={gift.gift} moving={gift.gift === chosen} className="size-12" />
                  <span className="mt-1 mb-auto max-w-full break-words text-center font-medium text-xs leading-tight">
                    {t(`gifts.name_${gift.gift}`)}
                  </span>
                  <Coins amount={gift.coins} money={priceOf(gift.coins)} stacked className="text-xs" />
                </button>
              ))}
          </div>
        </section>
      ))}
    </div>
  );
}
