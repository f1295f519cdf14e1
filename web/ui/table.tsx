import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface Column<Row> {
  id: string;
  head: string;
  cell: (row: Row) => ReactNode;
  /** Numbers and money stand at the end, in figures of one width. */
  end?: boolean;
  /** The cell by which a row is known; heads its card on a phone. */
  main?: boolean;
  /** Left out on a phone. */
  wideOnly?: boolean;
}

interface TableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Shown instead of an empty table. */
  empty?: ReactNode;
  /** Sums, below everything. */
  foot?: ReactNode;
  className?: string;
}

const CELL =
  'flex items-baseline justify-between gap-4 py-0.5 md:table-cell md:px-3 md:py-3 md:first:pl-0 md:last:pr-0';

/** A table on a desktop; on a phone each row becomes a card with its headings beside its values. */
export function Table<Row>({ label, columns, rows, rowKey, empty, foot, className }: TableProps<Row>) {
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    <table className={cx('block w-full text-sm md:table', className)}>
      <caption className="sr-only">{label}</caption>
      <thead className="sr-only md:not-sr-only">
        <tr className="md:border-line md:border-b">
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              className={cx(
                'px-3 py-2 text-left font-medium text-soft first:pl-0 last:pr-0',
                column.end && 'text-right',
              )}
            >
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block divide-y divide-line/70 md:table-row-group">
        {rows.map((row) => (
          <tr key={rowKey(row)} className="block py-3 md:table-row md:py-0 md:hover:bg-raised/45">
            {columns.map((column) => (
              <td
                key={column.id}
                className={cx(
                  CELL,
                  column.end && 'tabular md:whitespace-nowrap md:text-right',
                  column.main && 'font-semibold text-base md:text-sm',
                  column.wideOnly && 'hidden',
                )}
              >
                {!column.main && (
                  <span aria-hidden="true" className="shrink-0 text-soft md:hidden">
                    {column.head}
                  </span>
                )}
                <span className={cx('min-w-0', !column.main && 'text-right md:text-inherit')}>{column.cell(row)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {foot && <tfoot className="block border-line border-t font-semibold md:table-footer-group">{foot}</tfoot>}
    </table>
  );
}
