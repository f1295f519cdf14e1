import { formatMoney } from '../../format.ts';
import { type Locale, useText } from '../../text.ts';
import { useMarket } from './data.ts';

/** What coins cost, for a reader. A coin has one price; where that is no whole cent its tenths are shown: 1.4 ct. */
export function useCoinPrice(): (coins: string | bigint) => string {
  const { t, locale, has } = useText();
  const market = useMarket();
  return (coins) => {
    if (!market) return '';
    const { currency } = market;
    const [minor, per] = [BigInt(market.coins.price.minor), BigInt(market.coins.price.coins)];
    const exact = BigInt(coins) * minor;
    const small = `wallet.cents_${currency}`;
    if (exact % per !== 0n && exact < 100n * per && has(small)) return t(small, { shown: tenths(exact, per, locale) });
    return formatMoney({ amount: String((2n * exact + per) / (2n * per)), currency }, locale);
  };
}

function tenths(exact: bigint, per: bigint, locale: Locale): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(Number(exact) / Number(per));
}
