import { useState } from 'react';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useText } from '../../text.ts';
import { ButtonLink, ErrorNote, Loading, Page, Tabs } from '../../ui/index.ts';
import { useOwnMerchant } from './data.ts';
import { OwnProducts } from './own_products.tsx';
import { ShopForm } from './shop_form.tsx';
import { ShopOrders } from './shop_orders.tsx';

/** The seller centre: orders to send, products, and what the law wants to know. */
export default function SellerPage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  const merchant = useOwnMerchant();
  if (!me) {
    return (
      <Page title={t('seller.title')} intro={t('seller.intro')}>
        {loading ? (
          <Loading className="py-20" />
        ) : (
          <SignedOut icon="store" title={t('seller.sign_in')} text={t('seller.sign_in_text')} />
        )}
      </Page>
    );
  }
  if (merchant.data === undefined) {
    return (
      <Page title={t('seller.title')}>
        <ErrorNote error={merchant.error} onRetry={() => void merchant.refetch()} />
        {merchant.isPending && <Loading className="py-20" />}
      </Page>
    );
  }
  if (merchant.data === null) {
    return (
      <Page title={t('seller.open')} intro={t('seller.open_text')} width="narrow">
        <ShopForm merchant={null} />
      </Page>
    );
  }
  return <Centre merchant={merchant.data} />;
}

function Centre({ merchant }: { merchant: NonNullable<ReturnType<typeof useOwnMerchant>['data']> }) {
  const { t } = useText();
  const [tab, setTab] = useState(() => new URLSearchParams(location.search).get('tab') ?? 'orders');
  return (
    <Page
      title={merchant.name}
      width="wide"
      intro={t('seller.intro')}
      actions={
        <>
          <ButtonLink to={`/shops/${merchant.merchant_id}`} size="sm">
            {t('seller.see_shop')}
          </ButtonLink>
          <ButtonLink to="/seller/products/new" tone="accent" size="sm" icon="plus">
            {t('seller.new_product')}
          </ButtonLink>
        </>
      }
    >
      <Tabs
        label={t('seller.title')}
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'orders', label: t('seller.orders'), panel: <ShopOrders /> },
          { value: 'products', label: t('seller.products'), panel: <OwnProducts /> },
          { value: 'shop', label: t('seller.shop'), panel: <ShopForm merchant={merchant} /> },
        ]}
      />
    </Page>
  );
}
