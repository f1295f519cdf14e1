import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Card, Checkbox, ErrorNote, type ProblemDocument, TextLink } from '../../ui/index.ts';
import type { Product } from '../catalog/data.ts';

/** For sale, or not. */
export function PublishSwitch({ product, onChanged }: { product: Product; onChanged: () => void }) {
  const { t } = useText();
  const { product_id } = product;
  const publish = $api.useMutation('put', '/api/products/{product_id}/published', { onSuccess: onChanged });
  return (
    <Card>
      <Checkbox
        kind="switch"
        label={t('seller.for_sale')}
        hint={t(`seller.state_${product.state}_text`)}
        checked={product.state === 'published'}
        disabled={publish.isPending}
        onChange={(published) => publish.mutate({ params: { path: { product_id } }, body: { published } })}
      />
      <ErrorNote error={publish.error} className="mt-3" />
      {(publish.error as ProblemDocument | null)?.code === 'trader_data_missing' && (
        <p className="mt-2 text-sm">
          <TextLink to="/seller?tab=shop">{t('seller.fill_in')}</TextLink>
        </p>
      )}
      {product.state === 'published' && (
        <p className="mt-2 text-sm">
          <TextLink to={`/products/${product_id}`}>{t('seller.see_product')}</TextLink>
        </p>
      )}
    </Card>
  );
}
