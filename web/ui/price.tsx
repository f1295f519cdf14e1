import { type Money, useFormat } from '../format.ts';
import { useText } from '../text.ts';
import { cx } from './cx.ts';

/** Money in the reader's notation. `was` is the lowest price of the thirty days before, where a cut is claimed. */
export function Price({ money, was, className }: { money: Money; was?: Money; className?: string }) {
  const format = useFormat();
  const { t } = useText();
  return (
    <span className={cx('tabular whitespace-nowrap', className)}>
      {was && (
        <s className="mr-1.5 font-normal text-soft">
          <span className="sr-only">{t('ui.price_before')} </span>
          {format.money(was)}
        </s>
      )}
      {format.money(money)}
    </span>
  );
}

/** The coin: an arch on a disc. */
export function CoinSign({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 20 20"
      className={cx('inline-block size-[1.1em] shrink-0 align-[-0.16em]', className)}
      aria-hidden="true"
    >
      <circle cx="10" cy="10" r="9" className="fill-accent" />
      <circle cx="10" cy="10" r="7.1" fill="none" strokeWidth="1" className="stroke-accent-ink/35" />
      <path
        d="M10 4.6c.5 1.3 1.4 1.8 2.3 2.3 1.3.7 2.1 1.6 2.1 3.2v3.7H5.6v-3.7c0-1.6.8-2.5 2.1-3.2.9-.5 1.8-1 2.3-2.3Z"
        className="fill-accent-ink"
      />
    </svg>
  );
}

interface CoinsProps {
  /** Digits or a count. */
  amount: string | number | bigint;
  /** What they are worth. A price in coins always stands beside its price in money. */
  money?: Money | string;
  /** Puts the money under the coins instead of behind them. */
  stacked?: boolean;
  signed?: boolean;
  className?: string;
}

/** Coins with their sign, and their price in money beside them. */
export function Coins({ amount, money, stacked, signed, className }: CoinsProps) {
  const format = useFormat();
  const { t } = useText();
  const count = BigInt(amount);
  const worth = typeof money === 'string' ? money : money && format.money(money);
  return (
    <span className={cx('tabular whitespace-nowrap', stacked && 'inline-flex flex-col items-center', className)}>
      <span className="font-semibold">
        <CoinSign className="mr-1" />
        {signed && count > 0n ? '+' : ''}
        {format.number(count)}
        <span className="sr-only"> {t('ui.coins', { n: Number(count) })}</span>
      </span>
      {worth && (
        <span className={cx('font-normal text-soft', stacked ? 'text-xs' : 'ml-1.5 text-[0.875em]')}>{worth}</span>
      )}
    </span>
  );
}
