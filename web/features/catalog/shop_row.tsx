import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Section, TextLink } from '../../ui/index.ts';
import { ProductCard } from './product_card.tsx';

/** Some of what is for sale, in one row: on the first page, and on the profile of who sells. */
export function ShopRow({ title, seller_id }: { title: string; seller_id?: string }) {
  const { t } = useText();
  const query = seller_id ? { limit: 12, seller_id } : { limit: 12 };
  const { data } = $api.useQuery('get', '/api/products', { params: { query } });
  const [first] = data?.items ?? [];
  if (!data || !first) return null;
  const all = seller_id ? `/shops/${first.merchant_id}` : '/shop';
  return (
    <Section title={title} className="mt-10" actions={<TextLink to={all}>{t('catalog.see_all')}</TextLink>}>
      <ul className="hide-scroll -mx-4 flex gap-3 overflow-x-auto px-4 pb-2 sm:-mx-6 sm:px-6">
        {data.items.map((product) => (
          <li key={product.product_id} className="w-40 shrink-0 md:w-52">
            <ProductCard product={product} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
