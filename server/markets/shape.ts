/** The markets this release has a pack for. A market is where a person pays or earns, not where a server stands. */
export const marketCodes = ['DE', 'US'] as const;
export type MarketCode = (typeof marketCodes)[number];

/** Whose prices and words somebody reads who has not signed in. */
export const HOME_MARKET: MarketCode = 'DE';

/** How a live gets in: by the house's own ingest, or from a playlist that lies elsewhere. */
export const liveProviders = ['own', 'external_hls'] as const;
export type LiveProviderName = (typeof liveProviders)[number];

/** A text in both languages of the house, also in a market that speaks one of them: readers choose theirs. */
export type Text = { de: string; en: string };

/** What can be switched per market. A feature that is absent does not exist there. */
export type Feature = 'live' | 'coins' | 'gifts' | 'tips' | 'shop' | 'payouts';
/** `withdrawn`: nothing new begins, what runs ends properly. */
export type Rollout =
  | { state: 'off' }
  | { state: 'pilot'; share_bps: number }
  | { state: 'on' }
  | { state: 'withdrawn' };

/** What a person must be old enough for. */
export type AgedAction =
  | 'sign_up'
  | 'watch'
  | 'buy'
  | 'send_gifts'
  | 'receive_gifts'
  | 'subscribe'
  | 'sell'
  | 'earn'
  | 'go_live'
  /** From when on what somebody watches may shape what they are shown. */
  | 'profiled'
  | 'message_strangers';

/** A creator's gate: what is needed before a feature opens. The path to it is shown with the figure in force. */
export type Gate = { min_age: number; min_followers: number; min_views_30d: number; min_account_days: number };
export type GatedFeature = 'gifts' | 'subscriptions' | 'affiliate' | 'link_stickers' | 'rewards' | 'bio_links';

export type CoinRules = {
  /** `minor` minor units buy `coins` coins, at every quantity, tax included. A fraction, so that no coin's price is rounded twice. */
  price: { minor: bigint; coins: bigint };
  /** Quantities offered as shortcuts; they are no cheaper. */
  shortcuts: readonly bigint[];
  /** The least the payment provider charges: a smaller top-up is raised to it, the rest stays as returnable coins. */
  minimum_charge_minor: bigint;
  /** The most one top-up may be. */
  maximum_charge_minor: bigint;
  tax_class: TaxClass;
};

export type ShareSource = 'gifts' | 'orders';
/** A published document saying how a source's money is shared. Documents are never edited: a new one replaces the old from a date on. */
export type ShareDocument = {
  share_id: string;
  source: ShareSource;
  /** What the platform's part is taken of: the price without (`net`) or with (`gross`) the tax. */
  base: 'net' | 'gross';
  platform_bps: number;
  /** First day in force, in the market's zone. */
  from_on: string;
  title: Text;
};

export type TipRules = {
  /** Amounts offered as shortcuts. */
  shortcuts: readonly bigint[];
  minimum_minor: bigint;
  /** The most one tip may be. */
  maximum_minor: bigint;
  /** The most of a day in the market's zone, in money and in number. */
  day_minor: bigint;
  day_count: number;
  /** On top of the tip, paid by who gives it, tax included: so much and so many basis points of the tip. */
  fee: { fixed_minor: bigint; bps: number };
  tax_class: TaxClass;
};

export type SpendingCare = {
  /** Most a person may give in gifts in a day and a month of their market's zone, unless they set another limit themselves. */
  gifts_day_minor: bigint;
  gifts_month_minor: bigint;
  /** A limit made wider takes effect after so many hours; a narrower one at once. */
  loosening_hours: number;
};

export type TaxClass = 'standard' | 'reduced' | 'zero';
export type TaxRules = {
  /** The tax's name, as it stands on a receipt. */
  name: Text;
  rates_bps: Readonly<Record<TaxClass, number>>;
  /** Whether a displayed price holds the tax. */
  prices_include_tax: boolean;
  /** Goods up to this value imported from outside make the platform the deemed supplier; null = never. */
  deemed_supplier_import_minor: bigint | null;
  receipt_note: Text;
};

export type ContractTexts = {
  /** The one text a button that ends in a contract for money may carry. */
  order_button: Text;
  bid_button: Text;
  withdrawal_days: number;
  /** Both steps of an electronic withdrawal. */
  withdraw_step_1: Text;
  withdraw_step_2: Text;
  /** Both steps of ending a subscription. */
  cancel_step_1: Text;
  cancel_step_2: Text;
  /** Directly above the order button of coins: what, how it may be taken back. */
  coins_terms: Text;
  /** Directly above the order button of goods. */
  goods_terms: Text;
  price_includes_tax: Text;
  /** How many days back the lowest earlier price is looked for; 0 = not shown. */
  prior_price_days: number;
};

/** What makes content commercial, the weightiest first. Told from records; a creator may say more, never less. */
export const RELATIONS = ['ad', 'paid_deal', 'brand_gift', 'product_link', 'own_product', 'live_selling'] as const;
export type Relation = (typeof RELATIONS)[number];

/** Wherever content is met, it says what it is. */
export const SURFACES = [
  'feed',
  'live',
  'replay',
  'profile',
  'embed',
  'share_card',
  'api',
  'search',
  'notice',
] as const;
export type Surface = (typeof SURFACES)[number];

export type Labels = {
  /** The words of a relation, and other words on surfaces where the law or custom has its own. */
  relations: Readonly<Record<Relation, { word: Text; on?: Readonly<Partial<Record<Surface, Text>>> }>>;
  /** For recorded or invented content on a demo instance. */
  demo: Text;
};

/** How much selling people meet in the feed, in numbers that anyone can count after. */
export type LoadRules = {
  /** The budget holds for every so many consecutive items that somebody is served. */
  window: number;
  /** Commercial items of a window at dial 100; at dial 0 none, linear between. */
  most: number;
  /** Of them paid for by an advertiser. */
  most_ads: number;
  /** Where a person's dial stands who never moved it, 0–100. */
  dial: number;
  /** Of a creator's so many posts in a row within so many days, one is shown with its link. */
  creator: { posts: number; days: number };
  /** Where commerce is dense and people watch less or turn away more, the budget shrinks, and recovers slowly. */
  guardrail: { mean_days: number; completion_drop_bps: number; refusal_rise_bps: number; recovery_days: number };
};

export type SellerRules = {
  /** What must be known of a trader before anything may be sold. */
  required: readonly ('name' | 'address' | 'email' | 'phone' | 'register' | 'vat_id')[];
  ship_days: number;
  answer_return_hours: number;
  new_seller_fee_bps: number;
  new_seller_days: number;
};

export type PayoutRules = {
  minimum_minor: bigint;
  /** From the sending of a gift to its settlement: time in which a host's violation still returns it. */
  gifts_hold_days: number;
  /** From delivery on; the withdrawal period must have ended as well. */
  orders_hold_days: number;
};

export type ConsentRules = {
  /** How long a guest's visit may be recognised. Its id stays in the memory of the page, so it is asked of nobody. */
  visit_hours: number;
};

/** `severity` 3 is judged first. */
export type ReportReason = { reason: string; severity: 1 | 2 | 3; label: Text };

/** One market's rules. Everything a room needs to know about a country stands here and nowhere else. */
export type MarketPack = {
  market: MarketCode;
  /** Raised with every change of a figure; rows that depend on one remember it. */
  version: string;
  name: Text;
  currency: string;
  languages: readonly ('de' | 'en')[];
  zone: string;
  features: Readonly<Record<Feature, Rollout>>;
  /** What a host may choose from; the first is where nothing is chosen. */
  live: { providers: readonly [LiveProviderName, ...LiveProviderName[]] };
  ages: Readonly<Record<AgedAction, number>>;
  gates: Readonly<Record<GatedFeature, Gate>>;
  coins: CoinRules;
  shares: readonly ShareDocument[];
  tips: TipRules;
  spending: SpendingCare;
  tax: TaxRules;
  contract: ContractTexts;
  labels: Labels;
  load: LoadRules;
  sellers: SellerRules;
  payouts: PayoutRules;
  consent: ConsentRules;
  report_reasons: readonly ReportReason[];
};
