import { defineRefusals } from '../kernel/refusal.ts';

export const orderRefusals = defineRefusals({
  not_for_sale: [409, 'This is not for sale any more'],
  several_merchants: [409, 'An order goes to one shop: order from each shop separately'],
  not_sold_here: [409, 'This shop does not sell in your country'],
  not_shipped_there: [409, 'This shop does not ship to that address'],
  sold_out: [409, 'There are not enough left'],
  total_changed: [409, 'The total has changed. Nothing was charged'],
  address_unknown: [404, 'This address is not one of yours'],
  addresses_full: [409, 'You have stored as many addresses as possible'],
  held_much: [409, 'You hold as much unpaid as one account may'],
  held_often: [429, 'You let too many orders run out today. Try again tomorrow'],
  order_state: [409, 'The order is too far along for this, or not far enough'],
});
