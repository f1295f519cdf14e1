import type { MarketPack } from '../shape.ts';
import { reportReasons } from './report_reasons.ts';

/**
 * United States, short: the second currency. It runs coins and gifts; goods wait until sales tax is looked up per
 * destination. Figures that a state's law may change are product defaults and say so.
 */
export const US: MarketPack = {
  market: 'US',
  version: 'US-2026-11-21',
  name: { de: 'Vereinigte Staaten', en: 'United States' },
  currency: 'USD',
  languages: ['en'],
  zone: 'America/New_York', // source: product default; the country has several, a day's cap needs one

  features: {
    live: { state: 'on' },
    coins: { state: 'on' },
    gifts: { state: 'on' },
    tips: { state: 'on' },
    shop: { state: 'off' }, // source: product default: sales tax by destination is not built
    payouts: { state: 'off' }, // source: product default
  },

  live: { providers: ['own'] }, // source: product default; outside playlists follow once a local operator asks for them

  ages: {
    sign_up: 16, // source: product default, above the 13 of COPPA (15 U.S.C. § 6501)
    watch: 0, // source: product default
    buy: 18, // source: product default, the age of majority of most states
    send_gifts: 18, // source: as buy
    receive_gifts: 18, // source: product rule: minors neither send nor receive
    subscribe: 18, // source: as buy
    sell: 18, // source: as buy
    earn: 18, // source: as buy
    go_live: 18, // source: product default
    message_strangers: 18, // source: product default, as in DE
    profiled: 18, // source: product default, as in DE
  },

  gates: {
    // source of all gates: product default
    gifts: { min_age: 18, min_followers: 0, min_views_30d: 0, min_account_days: 0 },
    subscriptions: { min_age: 18, min_followers: 1_000, min_views_30d: 0, min_account_days: 0 },
    affiliate: { min_age: 18, min_followers: 1_000, min_views_30d: 0, min_account_days: 0 },
    link_stickers: { min_age: 18, min_followers: 10_000, min_views_30d: 0, min_account_days: 0 },
    rewards: { min_age: 18, min_followers: 10_000, min_views_30d: 100_000, min_account_days: 0 },
    bio_links: { min_age: 16, min_followers: 0, min_views_30d: 0, min_account_days: 0 },
  },

  coins: {
    price: { minor: 14n, coins: 10n }, // source: product default, 1.4 ct a coin
    shortcuts: [70n, 350n, 700n, 1_400n, 3_500n, 7_000n, 17_500n], // source: product default
    minimum_charge_minor: 50n, // source: Stripe documentation, minimum charge amount for USD: 0.50
    maximum_charge_minor: 50_000n, // source: product default
    tax_class: 'zero', // source: product default: sales tax on digital goods differs by state; take advice before real money
  },

  shares: [
    {
      share_id: 'US-gifts-1',
      source: 'gifts',
      base: 'net', // source: product default
      platform_bps: 5_000, // source: product default
      from_on: '2026-01-01',
      title: { de: 'Geschenke: 50 % vom Netto für Creator', en: 'Gifts: 50 % of net to the creator' },
    },
    {
      share_id: 'US-orders-1',
      source: 'orders',
      base: 'gross', // source: product default
      platform_bps: 500, // source: product default
      from_on: '2026-01-01',
      title: { de: 'Bestellungen: 5 % Gebühr', en: 'Orders: 5 % fee' },
    },
  ],

  tips: {
    shortcuts: [300n, 500n, 1_000n, 2_000n], // source: product default
    minimum_minor: 100n, // source: product default: below it the fee would be most of what is paid
    maximum_minor: 10_000n, // source: the published cap of the largest platform, 100 a tip (creator portal, tips)
    day_minor: 50_000n, // source: MARKETS.md spending care; the largest platform's cap of 500 a day
    day_count: 100, // source: MARKETS.md spending care; the largest platform's cap of 100 a day
    fee: { fixed_minor: 25n, bps: 290 }, // source: product default, what card payments usually cost
    tax_class: 'standard', // source: product default: the fee is a service of the platform
  },

  spending: {
    gifts_day_minor: 10_000n, // source: product default, 100 USD
    gifts_month_minor: 100_000n, // source: product default
    loosening_hours: 24, // source: product default
  },

  tax: {
    name: { de: 'Sales Tax', en: 'Sales tax' },
    rates_bps: {
      standard: 0, // source: product default: no national rate; nothing is collected until a state's rule is configured
      reduced: 0, // source: as standard
      zero: 0, // source: as standard
    },
    prices_include_tax: false, // source: product default, trade custom
    deemed_supplier_import_minor: null, // source: product default: marketplace facilitator laws are per state
    receipt_note: { de: 'Beleg über eine digitale Leistung.', en: 'Receipt for a digital service.' },
  },

  contract: {
    order_button: { de: 'Jetzt kaufen', en: 'Buy now' }, // source: product default
    bid_button: { de: 'Gebot abgeben', en: 'Place bid' }, // source: product default
    withdrawal_days: 14, // source: product default: no federal right exists, everyone gets one promise
    withdraw_step_1: { de: 'Vertrag widerrufen', en: 'Return purchase' }, // source: product default
    withdraw_step_2: { de: 'Widerruf bestätigen', en: 'Confirm return' }, // source: product default
    cancel_step_1: { de: 'Verträge hier kündigen', en: 'Cancel subscription' }, // source: ROSCA, 15 U.S.C. § 8403: a simple mechanism
    cancel_step_2: { de: 'jetzt kündigen', en: 'Cancel now' }, // source: as above
    coins_terms: {
      // source: product default, the promise made in every market
      de:
        'Coins gelten nur hier und verfallen nicht. Unbenutzte Coins kannst du 14 Tage lang zurückgeben und bekommst ' +
        'genau das zurück, was du dafür gezahlt hast.',
      en:
        'Coins are used only here and do not expire. Coins you have not used can be returned for 14 days, for exactly ' +
        'what you paid for them.',
    },
    goods_terms: {
      de: 'Rückgabe binnen 14 Tagen ab Lieferung.', // source: product default
      en: 'Returns within 14 days of delivery.', // source: product default
    },
    price_includes_tax: { de: 'ohne Steuern', en: 'plus tax where it applies' }, // source: product default
    prior_price_days: 0, // source: product default: no federal rule of a fixed look-back
  },

  labels: {
    relations: {
      ad: { word: { de: 'Anzeige', en: 'Ad' } }, // source: 16 CFR part 255 (FTC endorsement guides)
      paid_deal: { word: { de: 'Bezahlte Partnerschaft', en: 'Paid partnership' } }, // source: 16 CFR § 255.5
      brand_gift: { word: { de: 'Geschenktes Produkt', en: 'Free product' } }, // source: 16 CFR § 255.5: free products are a material connection
      product_link: { word: { de: 'Werbelink', en: 'Ad · Shopping link' } }, // source: 16 CFR § 255.5
      own_product: { word: { de: 'Eigenes Produkt', en: 'Own product' } }, // source: product default
      live_selling: { word: { de: 'Verkaufssendung', en: 'Selling live' } }, // source: product default
    },
    demo: { de: 'Aufgezeichnete Demo', en: 'Recorded demo' }, // source: product default
  },

  load: {
    window: 20, // source: product default
    most: 8, // source: product default
    most_ads: 2, // source: product default
    dial: 50, // source: product default
    creator: { posts: 3, days: 14 }, // source: product default
    guardrail: {
      mean_days: 7, // source: product default
      completion_drop_bps: 1_000, // source: product default
      refusal_rise_bps: 2_500, // source: product default
      recovery_days: 14, // source: product default
    },
  },

  sellers: {
    required: ['name', 'address', 'email', 'phone'], // source: INFORM Consumers Act, 15 U.S.C. § 45f
    ship_days: 3, // source: product default, working days
    answer_return_hours: 48, // source: product default
    new_seller_fee_bps: 180, // source: product default
    new_seller_days: 90, // source: product default
  },

  payouts: {
    minimum_minor: 1_000n, // source: product default, 10 USD
    gifts_hold_days: 14, // source: product default
    orders_hold_days: 7, // source: product default
  },

  consent: {
    visit_hours: 12, // source: product default, as in DE
  },

  report_reasons: reportReasons,
};
