import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, ButtonLink, Card, Page } from '../../ui/index.ts';

/** Where contracts are withdrawn from: goods at their order, coins in the wallet. */
export default function WithdrawPage() {
  const { t } = useText();
  const { me, askSignIn } = useSignedIn();
  return (
    <Page title={t('shell.withdraw')} intro={t('instance.withdraw_intro')} width="narrow">
      {me ? (
        <div className="grid gap-3">
          <Way
            title={t('instance.withdraw_order')}
            text={t('instance.withdraw_order_text')}
            to="/orders"
            name={t('shell.orders')}
          />
          <Way
            title={t('instance.withdraw_coins')}
            text={t('instance.withdraw_coins_text')}
            to="/wallet"
            name={t('shell.wallet')}
          />
        </div>
      ) : (
        <Card>
          <p>{t('instance.withdraw_signed_out')}</p>
          <Button tone="accent" className="mt-4" onClick={askSignIn}>
            {t('shell.sign_in')}
          </Button>
        </Card>
      )}
    </Page>
  );
}

function Way({ title, text, to, name }: { title: string; text: string; to: string; name: string }) {
  return (
    <Card>
      <h2 className="text-lg">{title}</h2>
      <p className="mt-1 text-soft">{text}</p>
      <ButtonLink to={to} className="mt-4">
        {name}
      </ButtonLink>
    </Card>
  );
}
