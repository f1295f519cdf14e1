import type { MarketPack } from '../shape.ts';
import { reportReasons } from './report_reasons.ts';

/** Germany. The most complete pack; a new market starts as a copy of it. */
export const DE: MarketPack = {
  market: 'DE',
  version: 'DE-2026-11-21',
  name: { de: 'Deutschland', en: 'Germany' },
  currency: 'EUR',
  languages: ['de', 'en'],
  zone: 'Europe/Berlin',

  features: {
    live: { state: 'on' },
    coins: { state: 'on' },
    gifts: { state: 'on' },
    tips: { state: 'on' },
    shop: { state: 'on' },
    payouts: { state: 'off' }, // source: product default; earnings are shown, no payout rail is built yet
  },

  live: { providers: ['own', 'external_hls'] }, // source: product default

  ages: {
    sign_up: 16, // source: GDPR art. 8 (1): consent to an online service from 16; Germany set no lower age
    watch: 0, // source: product default; public rooms are open to anyone, signed out too
    buy: 18, // source: §§ 2, 104, 106, 107 BGB: full capacity to contract from 18
    send_gifts: 18, // source: as buy; DSA art. 28 guidelines of 14 Jul 2025: no virtual currencies aimed at minors
    receive_gifts: 18, // source: product rule: minors neither send nor receive
    subscribe: 18, // source: as buy
    sell: 18, // source: as buy (§ 112 BGB would need a court's consent)
    earn: 18, // source: as sell
    go_live: 18, // source: product default, the age at which every way to earn in a room opens
    message_strangers: 18, // source: DSA art. 28 (4) guidelines: no unknown writes to minors
    profiled: 18, // source: DSA art. 28 (2): no profiling of minors for what they are shown
  },

  gates: {
    // source of all gates: product default, after the published gates of the large platforms
    gifts: { min_age: 18, min_followers: 0, min_views_30d: 0, min_account_days: 0 },
    subscriptions: { min_age: 18, min_followers: 1_000, min_views_30d: 0, min_account_days: 0 },
    affiliate: { min_age: 18, min_followers: 1_000, min_views_30d: 0, min_account_days: 0 },
    link_stickers: { min_age: 18, min_followers: 10_000, min_views_30d: 0, min_account_days: 0 },
    rewards: { min_age: 18, min_followers: 10_000, min_views_30d: 100_000, min_account_days: 0 },
    bio_links: { min_age: 16, min_followers: 0, min_views_30d: 0, min_account_days: 0 },
  },

  coins: {
    price: { minor: 14n, coins: 10n }, // source: product default; one price: CPC key principles, 21 Mar 2025
    shortcuts: [70n, 350n, 700n, 1_400n, 3_500n, 7_000n, 17_500n], // source: product default, the usual quantities
    minimum_charge_minor: 50n, // source: Stripe documentation, minimum charge amount for EUR: 0.50
    maximum_charge_minor: 50_000n, // source: product default, two of the largest shortcut
    tax_class: 'standard', // source: CJEU C-472/24 (2026): neither exempt currency nor voucher, so taxed when sold
  },

  shares: [
    {
      share_id: 'DE-gifts-1',
      source: 'gifts',
      base: 'net', // source: product default: the state's part is nobody's earnings
      platform_bps: 5_000, // source: product default, half of net
      from_on: '2026-01-01',
      title: { de: 'Geschenke: 50 % vom Netto für Creator', en: 'Gifts: 50 % of net to the creator' },
    },
    {
      share_id: 'DE-orders-1',
      source: 'orders',
      base: 'gross', // source: product default: sellers know the price a buyer pays
      platform_bps: 500, // source: product default, as the first shop of this kind in Europe charges
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
    gifts_day_minor: 10_000n, // source: product default, 100 EUR a day unless the person sets another limit
    gifts_month_minor: 100_000n, // source: product default, ten such days
    loosening_hours: 24, // source: product default: a night's sleep before spending more
  },

  tax: {
    name: { de: 'USt.', en: 'VAT' },
    rates_bps: {
      standard: 1_900, // source: § 12 (1) UStG
      reduced: 700, // source: § 12 (2) UStG
      zero: 0, // source: § 12 (3) UStG
    },
    prices_include_tax: true, // source: § 3 (1) PAngV: total prices
    deemed_supplier_import_minor: 15_000n, // source: § 3 (3a) UStG, art. 14a VAT directive: imports up to 150 EUR
    receipt_note: {
      // source: § 33 UStDV: receipts up to 250 EUR need supplier, date, kind and quantity, gross amount, rate
      de: 'Rechnung über eine elektronische Leistung. Die Umsatzsteuer entsteht beim Verkauf der Coins.',
      en: 'Invoice for an electronic service. VAT falls due when the coins are sold.',
    },
  },

  contract: {
    order_button: {
      de: 'zahlungspflichtig bestellen', // source: § 312j (3) BGB
      en: 'Order with obligation to pay', // source: directive 2011/83/EU art. 8 (2)
    },
    bid_button: { de: 'Gebot abgeben', en: 'Place bid' }, // source: § 312j (3) BGB as courts read it for auctions
    withdrawal_days: 14, // source: § 355 (2) BGB
    withdraw_step_1: { de: 'Vertrag widerrufen', en: 'Withdraw from contract' }, // source: § 356a BGB
    withdraw_step_2: { de: 'Widerruf bestätigen', en: 'Confirm withdrawal' }, // source: § 356a BGB
    cancel_step_1: { de: 'Verträge hier kündigen', en: 'Cancel contracts here' }, // source: § 312k (2) BGB
    cancel_step_2: { de: 'jetzt kündigen', en: 'Cancel now' }, // source: § 312k (2) BGB
    coins_terms: {
      // source: § 312j (2) BGB, art. 246a § 1 (1) EGBGB; CPC key principle 5: unused currency may be returned
      de:
        'Coins gelten nur hier und verfallen nicht. Unbenutzte Coins kannst du 14 Tage lang zurückgeben und bekommst ' +
        'genau das zurück, was du dafür gezahlt hast.',
      en:
        'Coins are used only here and do not expire. Coins you have not used can be returned for 14 days, for exactly ' +
        'what you paid for them.',
    },
    goods_terms: {
      // source: §§ 312g (1), 355 BGB
      de: 'Du kannst den Vertrag binnen 14 Tagen ab Lieferung ohne Angabe von Gründen widerrufen.',
      en: 'You may withdraw from the contract within 14 days of delivery without giving a reason.',
    },
    price_includes_tax: { de: 'inkl. USt.', en: 'incl. VAT' }, // source: § 6 (1) PAngV
    prior_price_days: 30, // source: § 11 PAngV, CJEU C-330/23
  },

  labels: {
    relations: {
      ad: { word: { de: 'Anzeige', en: 'Ad' } }, // source: § 22 (1) MStV, § 5a (4) UWG, DSA art. 26 (1)
      paid_deal: { word: { de: 'Werbung · Bezahlte Partnerschaft', en: 'Advertisement · Paid partnership' } }, // source: § 5a (4) UWG; the second word is a product default
      brand_gift: { word: { de: 'Produktplatzierung', en: 'Product placement' } }, // source: § 8 (7) MStV
      product_link: { word: { de: 'Werbung', en: 'Advertisement' } }, // source: § 5a (4) UWG; wording of the Medienanstalten
      own_product: { word: { de: 'Werbung · Eigenes Produkt', en: 'Advertisement · Own product' } }, // source: § 5a (4) UWG; the second word is a product default
      live_selling: {
        word: { de: 'Werbung', en: 'Advertisement' }, // source: § 5a (4) UWG
        on: {
          live: { de: 'Dauerwerbesendung', en: 'Advertising programme' }, // source: § 8 (5) MStV
          replay: { de: 'Dauerwerbesendung', en: 'Advertising programme' }, // source: § 8 (5) MStV
        },
      },
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
    required: ['name', 'address', 'email', 'phone', 'register'], // source: DSA art. 30 (1)
    ship_days: 3, // source: product default, working days
    answer_return_hours: 48, // source: product default; afterwards the return is approved
    new_seller_fee_bps: 180, // source: product default
    new_seller_days: 90, // source: product default
  },

  payouts: {
    minimum_minor: 1_000n, // source: product default, 10 EUR
    gifts_hold_days: 14, // source: product default, the withdrawal period
    orders_hold_days: 7, // source: product default, after delivery and return window
  },

  consent: {
    visit_hours: 12, // source: § 25 (1) TDDDG: storing on a device needs a yes; this is stored in the page only
  },

  report_reasons: reportReasons,
};
