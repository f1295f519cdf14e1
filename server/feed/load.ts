/**
 * The load budget: which of the items about to be served may sell. PURE. Over budget the link hides and the content
 * stays where it was ranked; an ad, which is nothing but its link, is left out. Source: MARKETS.md, load.
 */
import type { LoadRules } from '../markets/index.ts';

/** How an item stands to commerce: `link`: content that can be shown without its link; `ad`: cannot. */
export type Selling = 'none' | 'link' | 'ad';

/** What somebody was served before, the newest last: whether it sold, and how. */
export type Sold = Selling;

/**
 * How many of a window's items may sell for somebody.
 * @param dial 0–100, theirs
 * @param cut what the guardrail of the market has taken away
 */
export function budgetOf(rules: LoadRules, dial: number, cut: number): number {
  return Math.max(0, Math.floor((rules.most * dial) / 100) - cut);
}

/**
 * Spends the budget on items in their order.
 * @param before what this person was served before, the newest last; at least `window - 1` of it where there is as much
 * @returns for each item: shown as it is (`link`, `ad`), shown without its link (`none`), or left out (null)
 */
export function spendBudget(
  rules: LoadRules,
  budget: number,
  before: readonly Sold[],
  items: readonly Selling[],
): (Selling | null)[] {
  const served = before.slice(-(rules.window - 1));
  return items.map((item) => {
    const shown = item === 'none' || mayShow(rules, budget, served, item) ? item : item === 'ad' ? null : 'none';
    if (shown !== null) served.push(shown);
    if (served.length >= rules.window) served.shift();
    return shown;
  });
}

/** `served` is the window without the item in question. */
function mayShow(rules: LoadRules, budget: number, served: readonly Sold[], item: 'link' | 'ad'): boolean {
  const last = served.at(-1);
  // The first item never sells, and never two in a row.
  if (last === undefined || last !== 'none') return false;
  const selling = served.filter((sold) => sold !== 'none');
  const ads = selling.filter((sold) => sold === 'ad');
  return selling.length < budget && (item !== 'ad' || ads.length < Math.min(rules.most_ads, budget));
}

export interface Post {
  id: string;
  published_at: Date;
  /** Whether it links to something for sale. */
  linked: boolean;
}

const DAY_MS = 86_400_000;

/**
 * Which posts of one creator are served with their link: of so many in a row within so many days at most one.
 * It follows from the posts alone, so that a creator can count it after.
 * @param posts of one creator, the oldest first
 */
export function linkedPosts({ creator }: Pick<LoadRules, 'creator'>, posts: readonly Post[]): Set<string> {
  const shown = new Set<string>();
  posts.forEach(({ id, published_at, linked }, at) => {
    const since = published_at.getTime() - creator.days * DAY_MS;
    const near = posts
      .slice(Math.max(0, at - creator.posts + 1), at)
      .filter((post) => post.published_at.getTime() > since);
    if (linked && !near.some((post) => shown.has(post.id))) shown.add(id);
  });
  return shown;
}
