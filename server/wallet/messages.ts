/** What the wallet tells people by mail. */
import type { Context } from '../kernel/context.ts';
import { toWire } from '../kernel/ids.ts';
import { formatMoney } from '../kernel/money.ts';
import { tell } from '../notices/index.ts';

/** The receipt of a purchase of coins: what it cost, and where the invoice with its tax stands. */
export function tellOfPurchases(ctx: Context): void {
  tell(ctx, 'coins.bought', 'coins.receipt', async ({ actor, subject, data }) => {
    const { coins, amount, currency } = data as { coins: string; amount: string; currency: string };
    const link = `${ctx.config.public_url}/wallet/receipts/${toWire('lot', subject)}`;
    const text = ({ locale, name }: { locale: 'de' | 'en'; name: string }) => {
      const paid = formatMoney({ amount: BigInt(amount), currency }, locale);
      const count = new Intl.NumberFormat(locale).format(BigInt(coins));
      return locale === 'de'
        ? {
            subject: `Beleg: ${count} Coins für ${paid}`,
            body:
              `Hallo ${name},\n\ndu hast ${count} Coins für ${paid} gekauft.\n\nRechnung mit Umsatzsteuer: ${link}\n\n` +
              'Unbenutzte Coins kannst du in deiner Wallet zurückgeben.\n',
          }
        : {
            subject: `Receipt: ${count} coins for ${paid}`,
            body:
              `Hello ${name},\n\nyou bought ${count} coins for ${paid}.\n\nInvoice with VAT: ${link}\n\n` +
              'Coins you have not used can be returned in your wallet.\n',
          };
    };
    return actor ? [{ person_id: actor, text }] : [];
  });
}
