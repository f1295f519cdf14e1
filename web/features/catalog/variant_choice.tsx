import { useText } from '../../text.ts';
import { Choices } from '../../ui/index.ts';
import { type Product, variantName } from './data.ts';

/** Which of a product's variants; nothing to ask where there is one. */
export function VariantChoice(props: { product: Product; value: string; onChange: (variant_id: string) => void }) {
  const { product, value, onChange } = props;
  const { t } = useText();
  if (product.variants.length < 2) return null;
  return (
    <Choices
      label={product.option_names.join(' · ') || t('catalog.variant')}
      look="chips"
      value={value}
      onChange={onChange}
      choices={product.variants.map((variant) => ({
        value: variant.variant_id,
        label: variantName(variant),
        disabled: variant.available === 0,
      }))}
    />
  );
}

/** The variant that is proposed: the first that can be had. */
export const firstChoice = (product: Product): string =>
  (product.variants.find((variant) => variant.available > 0) ?? product.variants[0])?.variant_id ?? '';
