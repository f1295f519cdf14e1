/** The door of orders: quote, checkout, and an order's life until it is delivered or unwound. */
export { RESERVED_MS } from './caps.ts';
export { mountOrders } from './mount.ts';
export { expireReservations } from './orders.ts';
