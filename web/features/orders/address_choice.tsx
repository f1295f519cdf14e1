import { useText } from '../../text.ts';
import { Choices } from '../../ui/index.ts';
import { type AddressDraft, AddressFields } from './address_fields.tsx';
import type { useAddresses } from './data.ts';

const NEW = 'new';
type Address = NonNullable<ReturnType<typeof useAddresses>['data']>['items'][number];

interface AddressChoiceProps {
  known: Address[];
  /** An address's id, or null for the draft. */
  value: string | null;
  onChange: (address_id: string | null) => void;
  draft: AddressDraft;
  onDraft: (draft: AddressDraft) => void;
  unnamed?: boolean;
}

/** One of the stored addresses, or a new one. */
export function AddressChoice({ known, value, onChange, draft, onDraft, unnamed }: AddressChoiceProps) {
  const { t } = useText();
  return (
    <div className="grid gap-3">
      {known.length > 0 && (
        <Choices
          label={t('orders.ship_to')}
          value={value ?? NEW}
          onChange={(chosen) => onChange(chosen === NEW ? null : chosen)}
          choices={[
            ...known.map((address) => ({
              value: address.address_id,
              label: address.name,
              note: `${address.street}, ${address.postal_code} ${address.city}`,
            })),
            { value: NEW, label: t('orders.new_address') },
          ]}
        />
      )}
      {value === null && (
        <fieldset>
          <legend className="mb-1.5 font-medium text-sm">
            {known.length > 0 ? t('orders.new_address') : t('orders.ship_to')}
          </legend>
          <AddressFields value={draft} onChange={onDraft} unnamed={unnamed} />
        </fieldset>
      )}
    </div>
  );
}
