import { useText } from '../../text.ts';
import { Button, Card, IconButton, TextField } from '../../ui/index.ts';
import { minorOf } from './data.ts';

/** A variant as it is being written. */
export interface VariantRow {
  /** Tells rows apart while they have no id yet. */
  row: string;
  variant_id: string | null;
  values: string[];
  sku: string | null;
  price: string;
  stock: string;
}

export const emptyVariant = (): VariantRow => ({
  row: crypto.randomUUID(),
  variant_id: null,
  values: [],
  sku: null,
  price: '',
  stock: '1',
});

const isCount = (text: string): boolean => /^\d{1,6}$/.test(text);

export const isComplete = (row: VariantRow, options: number): boolean =>
  minorOf(row.price) !== null &&
  isCount(row.stock) &&
  Array.from({ length: options }, (_, at) => row.values[at]?.trim()).every(Boolean);

export const wireOf = (row: VariantRow, options: number) => ({
  variant_id: row.variant_id,
  option_values: Array.from({ length: options }, (_, at) => row.values[at]?.trim() ?? ''),
  sku: row.sku,
  price: minorOf(row.price) ?? '0',
  stock: Number(row.stock),
});

interface VariantRowsProps {
  rows: VariantRow[];
  onRows: (rows: VariantRow[]) => void;
  options: string[];
  /** A new product: stock is said here; later it is counted up and down. */
  fresh: boolean;
}

/** Price, and stock of a new product, for each variant. */
export function VariantRows({ rows, onRows, options, fresh }: VariantRowsProps) {
  const { t } = useText();
  const set = (row: string, changed: Partial<VariantRow>) =>
    onRows(rows.map((old) => (old.row === row ? { ...old, ...changed } : old)));
  return (
    <div className="grid gap-3">
      {rows.map((row, n) => (
        <Card key={row.row} className="grid gap-3">
          <div className="flex items-center justify-between gap-3">
            <h3 className="text-base">{t('seller.variant', { n: n + 1 })}</h3>
            {rows.length > 1 && (
              <IconButton
                icon="trash"
                size="sm"
                label={t('seller.remove_variant', { n: n + 1 })}
                onClick={() => onRows(rows.filter((old) => old.row !== row.row))}
              />
            )}
          </div>
          {options.map((name, at) => (
            <TextField
              // biome-ignore lint/suspicious/noArrayIndexKey: options are told apart by their place
              key={at}
              label={name}
              maxLength={40}
              value={row.values[at] ?? ''}
              onChange={(text) =>
                set(row.row, { values: options.map((_, i) => (i === at ? text : (row.values[i] ?? ''))) })
              }
            />
          ))}
          <div className="grid grid-cols-2 gap-3">
            <TextField
              label={t('seller.price')}
              inputMode="decimal"
              autoComplete="off"
              value={row.price}
              onChange={(price) => set(row.row, { price })}
              error={row.price !== '' && minorOf(row.price) === null ? t('seller.not_an_amount') : null}
            />
            {fresh && (
              <TextField
                label={t('seller.units')}
                inputMode="numeric"
                autoComplete="off"
                value={row.stock}
                onChange={(stock) => set(row.row, { stock })}
              />
            )}
          </div>
        </Card>
      ))}
      {options.length > 0 && (
        <Button icon="plus" onClick={() => onRows([...rows, emptyVariant()])}>
          {t('seller.add_variant')}
        </Button>
      )}
    </div>
  );
}
