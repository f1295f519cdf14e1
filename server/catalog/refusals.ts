import { defineRefusals } from '../kernel/refusal.ts';

export const catalogRefusals = defineRefusals({
  merchant_exists: [409, 'You have a shop already'],
  merchant_needed: [403, 'Open a shop first'],
  trader_data_missing: [409, 'The law wants to know who sells before anything is for sale'],
  product_held: [409, 'The moderators took this product off sale'],
  product_incomplete: [409, 'This product is not ready to be published'],
  options_invalid: [400, 'Each variant needs one value for each option, and no two may be alike'],
  link_unknown: [409, 'One of these products is not for sale'],
  link_too_late: [400, 'A product cannot appear after the end of the video'],
  stock_reserved: [409, 'Buyers are paying for some of these units right now'],
  stock_too_large: [409, 'That is more than can be kept in stock'],
});
