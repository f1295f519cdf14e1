import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pack } from '../markets/index.ts';
import { budgetOf, linkedPosts, type Selling, spendBudget } from './load.ts';

const rules = pack('DE').load;
const links = (n: number): Selling[] => Array.from({ length: n }, () => 'link');

test('DE: 0 of 20 at dial 0, 4 at 50, 8 at 100, linear between; the guardrail takes away and never below nothing', () => {
  const at = (dial: number, cut = 0) => budgetOf(rules, dial, cut);
  assert.deepEqual(
    [0, 12, 13, 25, 50, 75, 99, 100].map((dial) => at(dial)),
    [0, 0, 1, 2, 4, 6, 7, 8],
  );
  assert.deepEqual([at(50, 1), at(50, 4), at(50, 9)], [3, 0, 0]);
});

test('the first item never sells, and never two in a row', () => {
  assert.deepEqual(spendBudget(rules, 8, [], links(4)), ['none', 'link', 'none', 'link']);
  assert.deepEqual(spendBudget(rules, 8, ['none', 'link'], links(2)), ['none', 'link']);
});

test('over budget the link hides and the content stays; an ad is left out', () => {
  const shown = spendBudget(rules, 1, ['none'], ['link', 'none', 'link', 'ad', 'none']);
  assert.deepEqual(shown, ['link', 'none', 'none', null, 'none']);
  assert.deepEqual(spendBudget(rules, 0, ['none'], ['link', 'ad']), ['none', null]);
});

test('ads are at most two of twenty', () => {
  const items: Selling[] = Array.from({ length: 19 }, (_, i) => (i % 2 ? 'none' : 'ad'));
  assert.equal(spendBudget(rules, 8, ['none'], items).filter((shown) => shown === 'ad').length, 2);
});

test('what was served before counts, across pages', () => {
  const before: Selling[] = ['link', 'none', 'link', 'none', 'link', 'none', 'link', ...Array(12).fill('none')];
  assert.deepEqual(spendBudget(rules, 4, before, ['link']), ['none'], 'four of the nineteen before');
  assert.deepEqual(spendBudget(rules, 4, [...before, 'none'], ['link']), ['link'], 'the first of them is out');
});

/** One session: pages of any length, ranked by somebody else, under a dial that stands still. */
const sessions = fc.record({
  dial: fc.integer({ min: 0, max: 100 }),
  cut: fc.integer({ min: 0, max: 8 }),
  pages: fc.array(fc.array(fc.constantFrom<Selling>('none', 'link', 'link', 'ad'), { maxLength: 25 }), {
    maxLength: 6,
  }),
});

test('of 100,000 simulated sessions none breaks the cap, dial 0 shows nothing commercial, and the rest keeps its order', () => {
  const check = fc.property(sessions, ({ dial, cut, pages }) => {
    const budget = budgetOf(rules, dial, cut);
    const served: Selling[] = [];
    for (const page of pages) {
      const shown = spendBudget(rules, budget, served, page);
      // Content is never moved and never dropped; only an ad can be left out.
      shown.forEach((said, i) => {
        if (said === null) assert.equal(page[i], 'ad');
        else if (said !== page[i]) assert.deepEqual([page[i], said], ['link', 'none']);
      });
      served.push(...shown.filter((said) => said !== null));
    }
    const sold = served.map((said) => said !== 'none');
    for (let from = 0; from < Math.max(1, sold.length - rules.window + 1); from += 1) {
      const window = served.slice(from, from + rules.window).filter((said) => said !== 'none');
      assert.ok(window.length <= budget, `${window.length} of ${budget}`);
      assert.ok(window.filter((said) => said === 'ad').length <= rules.most_ads);
    }
    assert.equal(sold[0] ?? false, false);
    assert.ok(!sold.some((is, i) => is && sold[i + 1]));
    if (budget === 0) assert.ok(!sold.includes(true));
  });
  fc.assert(check, { numRuns: 100_000 });
});

test('of a creator’s three posts in a row within 14 days one is served with its link', () => {
  const day = (n: number) => new Date(Date.UTC(2026, 10, n));
  const posts = (...days: [n: number, linked: boolean][]) =>
    days.map(([n, linked]) => ({ id: `p${n}`, published_at: day(n), linked }));
  const shown = (...days: [n: number, linked: boolean][]) => [...linkedPosts(rules, posts(...days))];
  assert.deepEqual(shown([1, true], [2, true], [3, true], [4, true]), ['p1', 'p4']);
  assert.deepEqual(shown([1, false], [2, true], [3, false], [4, true], [5, true]), ['p2', 'p5']);
  assert.deepEqual(shown([1, true], [15, true], [16, true]), ['p1', 'p15'], 'fourteen days later it counts no more');
  assert.deepEqual(shown([1, true], [14, true]), ['p1']);
});
