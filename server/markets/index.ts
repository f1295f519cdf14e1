/** Market packs: a country's law, currency, tax, prices, shares, gates and texts as typed, versioned data. */
export { mountMarkets } from './api.ts';
export { isMarket, isOn, minimumCoins, oldEnough, pack, priceOf, shareInForce, taxRate } from './markets.ts';
export type {
  AgedAction,
  Feature,
  LiveProviderName,
  LoadRules,
  MarketCode,
  MarketPack,
  Relation,
  ReportReason,
  ShareDocument,
  ShareSource,
  Surface,
  TaxClass,
  Text,
} from './shape.ts';
export { HOME_MARKET, liveProviders, marketCodes, RELATIONS, SURFACES } from './shape.ts';
