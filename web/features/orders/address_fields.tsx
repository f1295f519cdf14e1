import { useText } from '../../text.ts';
import { TextField } from '../../ui/index.ts';

export interface AddressDraft {
  name: string;
  street: string;
  postal_code: string;
  city: string;
}

export const NOWHERE: AddressDraft = { name: '', street: '', postal_code: '', city: '' };

interface AddressFieldsProps {
  value: AddressDraft;
  onChange: (value: AddressDraft) => void;
  /** The name is known already. */
  unnamed?: boolean;
}

/** Where it goes. The country is the shop's own: it sells nowhere else. */
export function AddressFields({ value, onChange, unnamed }: AddressFieldsProps) {
  const { t } = useText();
  const set = (field: keyof AddressDraft) => (text: string) => onChange({ ...value, [field]: text });
  return (
    <div className="grid gap-3">
      {!unnamed && (
        <TextField
          label={t('orders.recipient')}
          autoComplete="name"
          maxLength={120}
          value={value.name}
          onChange={set('name')}
        />
      )}
      <TextField
        label={t('orders.street')}
        autoComplete="street-address"
        maxLength={120}
        value={value.street}
        onChange={set('street')}
      />
      <div className="grid grid-cols-[7rem_1fr] gap-3">
        <TextField
          label={t('orders.postal_code')}
          autoComplete="postal-code"
          inputMode="numeric"
          maxLength={20}
          value={value.postal_code}
          onChange={set('postal_code')}
        />
        <TextField
          label={t('orders.city')}
          autoComplete="address-level2"
          maxLength={80}
          value={value.city}
          onChange={set('city')}
        />
      </div>
    </div>
  );
}
