import * as z from 'zod';
import type { App } from '../kernel/http.ts';
import { digits, moneyCodec } from '../kernel/money.ts';
import { defineRefusals, Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { isMarket, isOn, minimumCoins, pack } from './markets.ts';
import { liveProviders, type MarketPack, RELATIONS, SURFACES } from './shape.ts';

export const marketRefusals = defineRefusals({ market_unknown: [404, 'There is no such market'] });

const text = z.object({ de: z.string(), en: z.string() });
const feature = z.boolean().describe('Whether it takes new business in this market');

const marketView = z.object({
  market: z.string(),
  version: z.string(),
  name: text,
  currency: z.string(),
  languages: z.array(z.enum(['de', 'en'])),
  zone: z.string(),
  features: z.object({ live: feature, coins: feature, gifts: feature, tips: feature, shop: feature, payouts: feature }),
  /** How a host may go live; the first is where nothing is chosen. */
  live: z.object({ providers: z.array(z.enum(liveProviders)) }),
  ages: z.object({
    sign_up: z.int(),
    watch: z.int(),
    buy: z.int(),
    send_gifts: z.int(),
    receive_gifts: z.int(),
    subscribe: z.int(),
    sell: z.int(),
    earn: z.int(),
    go_live: z.int(),
  }),
  coins: z.object({
    price: z
      .object({ minor: digits, coins: digits })
      .describe('So many minor units buy so many coins, at every quantity'),
    shortcuts: z.array(digits),
    minimum_coins: digits.describe('The fewest coins a top-up can hold'),
    minimum_charge: moneyCodec,
    maximum_charge: moneyCodec,
    tax_bps: z.int(),
  }),
  shares: z.array(
    z.object({
      share_id: z.string(),
      source: z.enum(['gifts', 'orders']),
      base: z.enum(['net', 'gross']),
      platform_bps: z.int(),
      from_on: z.iso.date(),
      title: text,
    }),
  ),
  spending: z.object({ gifts_day: moneyCodec, gifts_month: moneyCodec, loosening_hours: z.int() }),
  tax: z.object({
    name: text,
    rates_bps: z.object({ standard: z.int(), reduced: z.int(), zero: z.int() }),
    prices_include_tax: z.boolean(),
    receipt_note: text,
  }),
  contract: z.object({
    order_button: text,
    bid_button: text,
    withdrawal_days: z.int(),
    withdraw_step_1: text,
    withdraw_step_2: text,
    cancel_step_1: text,
    cancel_step_2: text,
    coins_terms: text,
    goods_terms: text,
    price_includes_tax: text,
    prior_price_days: z.int(),
  }),
  labels: z.object({
    relations: z.record(
      z.enum(RELATIONS),
      z.object({ word: text, on: z.partialRecord(z.enum(SURFACES), text).optional() }),
    ),
    demo: text,
  }),
  tips: z.object({ shortcuts: z.array(moneyCodec), minimum: moneyCodec, maximum: moneyCodec, day: moneyCodec }),
  payouts: z.object({ minimum: moneyCodec, gifts_hold_days: z.int(), orders_hold_days: z.int() }),
  report_reasons: z.array(z.object({ reason: z.string(), label: text })),
});

function viewOf(rules: MarketPack): z.output<typeof marketView> {
  const money = (amount: bigint) => ({ amount, currency: rules.currency });
  const { coins, tips, spending, payouts } = rules;
  return {
    ...rules,
    languages: [...rules.languages],
    features: {
      live: isOn(rules, 'live'),
      coins: isOn(rules, 'coins'),
      gifts: isOn(rules, 'gifts'),
      tips: isOn(rules, 'tips'),
      shop: isOn(rules, 'shop'),
      payouts: isOn(rules, 'payouts'),
    },
    live: { providers: [...rules.live.providers] },
    coins: {
      price: coins.price,
      shortcuts: [...coins.shortcuts],
      minimum_coins: minimumCoins(rules),
      minimum_charge: money(coins.minimum_charge_minor),
      maximum_charge: money(coins.maximum_charge_minor),
      tax_bps: rules.tax.rates_bps[coins.tax_class],
    },
    shares: [...rules.shares],
    spending: {
      gifts_day: money(spending.gifts_day_minor),
      gifts_month: money(spending.gifts_month_minor),
      loosening_hours: spending.loosening_hours,
    },
    tips: {
      shortcuts: tips.shortcuts.map(money),
      minimum: money(tips.minimum_minor),
      maximum: money(tips.maximum_minor),
      day: money(tips.day_minor),
    },
    payouts: { ...payouts, minimum: money(payouts.minimum_minor) },
    report_reasons: [...rules.report_reasons],
  };
}

/** What anyone may know of a market's rules; the web takes prices, ages, buttons and texts from here. */
export function mountMarkets(app: App): void {
  route(
    app,
    {
      method: 'GET',
      url: '/markets/:market',
      who: 'anyone',
      summary: 'The rules of a market: prices, ages, shares, texts of buttons',
      params: z.object({ market: z.string().max(8).describe('ISO 3166 country code') }),
      response: { 200: marketView },
      refusals: Object.keys(marketRefusals),
    },
    async ({ params }) => {
      if (!isMarket(params.market)) throw new Refusal('market_unknown');
      return viewOf(pack(params.market));
    },
  );
}
