import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { emit, type NewEvent } from '../kernel/events.ts';
import { mintId } from '../kernel/ids.ts';
import { plant } from '../kernel/plant.ts';
import { Refusal } from '../kernel/refusal.ts';
import { insertStockChange, lockStock, type Stock, sumLeft, writeStock } from './stock_queries.ts';

const MOST_UNITS = 1_000_000;

/**
 * The merchant puts units in or takes them out. A change, never a new total: two of them, or one and a sale, never
 * undo each other (FAULTS B6). Refuses `stock_reserved` when units that buyers are paying for would go.
 */
export async function changeStock(
  tx: Tx,
  ctx: Context,
  change: { variant_id: string; product_id: string; change: number; reason: string; person_id: string },
): Promise<Stock> {
  const book = await openStock(tx, [change.variant_id]);
  const before = book.rows.get(change.variant_id);
  if (!before) throw new Refusal('not_found');
  const on_hand = before.on_hand + change.change;
  if (on_hand < before.reserved) throw new Refusal('stock_reserved', { extra: { reserved: before.reserved } });
  if (on_hand > MOST_UNITS) throw new Refusal('stock_too_large');
  const after = { ...before, on_hand };
  book.rows.set(change.variant_id, after);
  book.changed.add(change.variant_id);
  const events = await saveStock(tx, book, change.person_id);
  await insertStockChange(tx, { ...change, change_id: mintId(), at: ctx.clock.now() });
  await emit(tx, ctx, events);
  return after;
}

/** The stock of some variants, locked, while a batch takes from it and gives back to it in memory. */
export interface StockBook {
  rows: Map<string, Stock>;
  changed: Set<string>;
}

/** Units of one variant. */
export interface Units {
  variant_id: string;
  quantity: number;
}

/** Locks stock rows. Call it after the rows of rooms above, before one's own. */
export async function openStock(tx: Tx, variant_ids: Iterable<string>): Promise<StockBook> {
  const rows = await lockStock(tx, variant_ids);
  return { rows: new Map(rows.map((row) => [row.variant_id, row])), changed: new Set() };
}

/** The same variant in two lines counts as one (FAULTS B2). */
const sums = (units: Units[]): Units[] =>
  [...Map.groupBy(units, (unit) => unit.variant_id)].map(([variant_id, same]) => ({
    variant_id,
    quantity: same.reduce((sum, unit) => sum + unit.quantity, 0),
  }));

/** All of these units can be had now; otherwise the first variant that is short. */
export function shortOf(book: StockBook, units: Units[]): { variant_id: string; available: number } | null {
  for (const { variant_id, quantity } of sums(units)) {
    const row = book.rows.get(variant_id);
    const available = row ? row.on_hand - row.reserved : 0;
    if (available < quantity && !plant('catalog.oversells')) return { variant_id, available };
  }
  return null;
}

function change(book: StockBook, units: Units[], move: (row: Stock, quantity: number) => Partial<Stock>): void {
  for (const { variant_id, quantity } of sums(units)) {
    const row = book.rows.get(variant_id);
    if (!row) throw new Error(`the stock of variant ${variant_id} was not locked`);
    book.rows.set(variant_id, { ...row, ...move(row, quantity) });
    book.changed.add(variant_id);
  }
}

/** Promises units to an order that is not paid yet. Ask `shortOf` first. */
export const reserve = (book: StockBook, units: Units[]): void =>
  change(book, units, (row, quantity) => ({ reserved: row.reserved + quantity }));

/** Takes a promise back. */
export const release = (book: StockBook, units: Units[]): void =>
  change(book, units, (row, quantity) => ({
    reserved: plant('catalog.keeps_held') ? row.reserved : row.reserved - quantity,
  }));

/** Promised units leave the stock: they are sold. */
export const sell = (book: StockBook, units: Units[]): void =>
  change(book, units, (row, quantity) => ({
    on_hand: row.on_hand - quantity,
    reserved: row.reserved - quantity,
    sold: row.sold + quantity,
  }));

/** Sold units come back. */
export const restock = (book: StockBook, units: Units[]): void =>
  change(book, units, (row, quantity) => ({ on_hand: row.on_hand + quantity, sold: row.sold - quantity }));

/**
 * Writes what changed.
 * @returns one `stock.changed` a product: rooms show it to everybody who watches
 */
export async function saveStock(tx: Tx, book: StockBook, actor: string | null = null): Promise<NewEvent[]> {
  const rows = [...book.changed].map((variant_id) => book.rows.get(variant_id)!);
  if (rows.length === 0) return [];
  await writeStock(tx, rows);
  const left = await sumLeft(tx, [...new Set(rows.map((row) => row.product_id))]);
  return left.map(({ product_id, units }) => ({
    type: 'stock.changed',
    actor,
    subject: product_id,
    data: { left: Number(units) },
  }));
}
