/** The door of the ledger's pages. */
export { FinanceOnly } from './amount.tsx';
