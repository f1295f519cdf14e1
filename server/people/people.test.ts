import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toWire } from '../kernel/ids.ts';
import { clientOf, openHouse } from '../test/harness.ts';

const house = await openHouse(null, { real: true });
const { url, ctx } = house;

const NEW = {
  name: 'Ada',
  password: 'correct horse battery',
  born_on: '1990-01-01',
  market: 'DE',
  locale: 'de',
} as const;

interface Reply {
  status: number;
  cookie: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers of several routes
  body: any;
}

async function post(path: string, body: object, headers: Record<string, string> = {}): Promise<Reply> {
  const reply = await fetch(`${url}/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const cookie = reply.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { status: reply.status, cookie, body: await reply.json() };
}

const signUp = (handle: string, given: object = {}) =>
  post('/people', { ...NEW, handle, email: `${handle}@example.org`, ...given });
const whoIs = async (cookie: string) =>
  (await (await fetch(`${url}/api/people/me`, { headers: { cookie } })).json()).person?.handle ?? null;

/** The secret behind the # of the last mail to an address. */
async function secretFor(address: string): Promise<string> {
  await house.drain();
  const { rows } = await ctx.db.pool.query<{ body_text: string }>(
    'select body_text from mailbox where recipient = $1 order by sent_at desc, mail_id desc limit 1',
    [address],
  );
  return /#(\S+)/.exec(rows[0]?.body_text ?? '')?.[1] ?? '';
}

test('one call signs up: person, session, mail in the own language; the link works and says no more', async () => {
  const { status, cookie, body } = await signUp('ada');
  assert.equal(status, 201);
  assert.equal(body.person.email_verified, false);
  assert.equal(await whoIs(cookie), 'ada');
  const token = await secretFor('ada@example.org');
  assert.equal((await post('/auth/verify-email', { token: `${token}x` })).body.code, 'token_invalid');
  assert.equal((await post('/auth/verify-email', { token })).status, 200);
  assert.equal((await post('/auth/verify-email', { token })).status, 200);
  const me = await (await fetch(`${url}/api/people/me`, { headers: { cookie } })).json();
  assert.equal(me.person.email_verified, true);
  const { rows } = await ctx.db.pool.query('select subject from mailbox where recipient = $1', ['ada@example.org']);
  assert.deepEqual(rows, [{ subject: 'Bitte bestätige deine E-Mail-Adresse' }]);
});

test('the first person of an empty instance without a demo runs it, the second does not', async (t) => {
  const other = await openHouse(t);
  const join = (handle: string) =>
    fetch(`${other.url}/api/people`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...NEW, handle, email: `${handle}@example.org` }),
    });
  const both = await Promise.all([join('first'), join('second')]);
  const roles = await Promise.all(both.map(async (reply) => (await reply.json()).person.roles));
  assert.deepEqual(roles.toSorted(), [[], ['operator']]);
});

test('D8: a session ends at once by sign-out, password change, reset and a change of roles', async () => {
  const { cookie } = await signUp('grace');
  assert.equal((await post('/auth/sign-out', {}, { cookie })).status, 200);
  assert.equal(await whoIs(cookie), null);

  const login = { email: 'GRACE@example.org', password: NEW.password };
  const [one, two] = [await post('/auth/sign-in', login), await post('/auth/sign-in', login)];
  assert.notEqual(one.cookie, two.cookie);
  const change = { current_password: NEW.password, password: 'another long one' };
  const changed = await post('/auth/change-password', change, { cookie: one.cookie });
  assert.equal(changed.status, 200);
  assert.deepEqual([await whoIs(one.cookie), await whoIs(two.cookie)], [null, null]);
  assert.equal(await whoIs(changed.cookie), 'grace');

  await post('/auth/reset-mail', { email: 'grace@example.org' });
  const token = await secretFor('grace@example.org');
  assert.equal((await post('/auth/reset-password', { token, password: 'entirely new words' })).status, 200);
  assert.equal(await whoIs(changed.cookie), null);

  const boss = await house.person({ roles: ['operator'] });
  const mod = await house.person({ roles: ['moderator'] });
  assert.equal((await mod.fetch('/api/moderation/cases')).status, 200);
  const { data } = await mod.api.GET('/api/people/me');
  const person_id = data?.person?.person_id ?? '';
  const of = { params: { path: { person_id: toWire('person', mod.person_id) } } };
  const present = await boss.api.GET('/api/people/{person_id}/roles', of);
  assert.deepEqual(present.data?.roles, ['moderator']);
  assert.equal((await mod.api.GET('/api/people/{person_id}/roles', of)).response.status, 403);
  const taken = await boss.api.PUT('/api/people/{person_id}/roles', {
    params: { path: { person_id } },
    body: { roles: [], reason: 'left the team' },
  });
  assert.equal(taken.response.status, 200);
  assert.equal((await mod.fetch('/api/moderation/cases')).status, 403);
});

test('D8: a cookie that was not signed by us, or by another key, is nobody', async () => {
  const { cookie } = await signUp('linus');
  const [name, value = ''] = cookie.split('=');
  const [token = '', mac = ''] = decodeURIComponent(value).split('.');
  for (const forged of [token, `${token}.`, `${token}.AAAA`, `x${token}.${mac}`, `${token}.${mac}.${mac}`, '%', '']) {
    assert.equal(await whoIs(`${name}=${encodeURIComponent(forged)}`), null);
  }
  assert.equal(await whoIs(`${name}=%E0%A4%A`), null);
  assert.equal(await whoIs(`other=1; ${cookie}; more=2`), 'linus');
});

test('D9: roles and verification are not taken from sign-up or profile', async () => {
  const { cookie, body } = await signUp('mallory', { roles: ['operator'], email_verified: true, role: 'admin' });
  assert.deepEqual([body.person.roles, body.person.email_verified], [[], false]);
  const reply = await fetch(`${url}/api/people/me`, {
    method: 'PATCH',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'M', roles: ['operator'] }),
  });
  assert.equal(reply.status, 400);
});

test('D10: one mailbox is one account, however it is written; twins in other alphabets are refused', async () => {
  assert.equal((await signUp('twin')).status, 201);
  assert.equal((await signUp('twin2', { email: 'TWIN@Example.ORG' })).body.code, 'email_taken');
  // The first letter is Cyrillic, the second address has a fullwidth sign.
  for (const email of ['\u0430da@example.org', 'ada\uff20example.org']) {
    assert.equal((await signUp('twin3', { email })).status, 400);
  }
  const race = await Promise.all(
    Array.from({ length: 5 }, (_, i) => signUp(`racer${i}`, { email: 'race@example.org' })),
  );
  assert.equal(race.filter((reply) => reply.status === 201).length, 1);
  assert.deepEqual([...new Set(race.map((reply) => reply.status))].toSorted(), [201, 409]);
});

test('D10: a reset link works once, also when pressed ten times at once', async () => {
  await signUp('reset');
  await post('/auth/reset-mail', { email: 'reset@example.org' });
  const token = await secretFor('reset@example.org');
  const words = Array.from({ length: 10 }, (_, i) => `brand new words ${i}`);
  const replies = await Promise.all(words.map((password) => post('/auth/reset-password', { token, password })));
  assert.deepEqual(replies.map((reply) => reply.status).toSorted(), [200, ...Array.from({ length: 9 }, () => 400)]);
});

test('D10: guessing the password of one account is stopped', async () => {
  await signUp('guessed');
  const guesses: number[] = [];
  for (let i = 0; i < 12; i += 1) {
    const guess = await post('/auth/sign-in', { email: 'guessed@example.org', password: `not the one ${i}` });
    guesses.push(guess.status);
  }
  assert.deepEqual(
    guesses.slice(0, 10),
    Array.from({ length: 10 }, () => 401),
  );
  assert.deepEqual(guesses.slice(10), [429, 429]);
});

test('D11: sign-in and reset answer the same whether the address is known or not', async () => {
  await signUp('known');
  const timed = async (email: string) => {
    const at = performance.now();
    const { status, body } = await post('/auth/reset-mail', { email });
    return { status, body, slow: performance.now() - at > 140 };
  };
  assert.deepEqual(await timed('known@example.org'), await timed('unknown@example.org'));
  const wrong = await post('/auth/sign-in', { email: 'known@example.org', password: 'not the right one' });
  const nobody = await post('/auth/sign-in', { email: 'unknown@example.org', password: 'not the right one' });
  assert.deepEqual(wrong, nobody);
});

test('D12: links in mails begin with the configured address, whatever Host says', async () => {
  await signUp('hosted');
  await post('/auth/reset-mail', { email: 'hosted@example.org' }, { 'x-forwarded-host': 'evil.example' });
  await house.drain();
  const { rows } = await ctx.db.pool.query('select body_text from mailbox where recipient = $1', [
    'hosted@example.org',
  ]);
  for (const { body_text } of rows) assert.match(body_text, new RegExp(`${ctx.config.public_url}/(verify|reset)`));
});

test('B20: too young to sign up; a birth date is corrected before verification and never past an age', async () => {
  const year = new Date().getUTCFullYear();
  const young = await signUp('kid', { born_on: `${year - 12}-01-01` });
  assert.deepEqual([young.status, young.body.code, young.body.min_age], [403, 'too_young', 16]);
  assert.equal((await signUp('ghost', { born_on: `${year + 1}-01-01` })).body.code, 'birth_date_invalid');

  const { cookie } = await signUp('teen', { born_on: `${year - 17}-01-01` });
  const correct = async (born_on: string) => {
    const reply = await fetch(`${url}/api/people/me/birth-date`, {
      method: 'PUT',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ born_on }),
    });
    return reply.status;
  };
  assert.equal(await correct(`${year - 17}-01-02`), 200);
  assert.equal(await correct(`${year - 30}-01-01`), 403, 'past the age of buying');
  await post('/auth/verify-email', { token: await secretFor('teen@example.org') });
  assert.equal(await correct(`${year - 17}-01-03`), 403, 'verified');

  const boss = await house.person({ roles: ['operator'] });
  const { data } = await clientOf(url, { person_id: '', handle: '', cookie }).api.GET('/api/people/me');
  const set = await boss.api.PUT('/api/people/{person_id}/birth-date', {
    params: { path: { person_id: data?.person?.person_id ?? '' } },
    body: { born_on: `${year - 30}-01-01`, reason: 'saw the passport' },
  });
  assert.equal(set.response.status, 200);
  const { rows } = await ctx.db.pool.query(
    `select c.reason from person_changes c join people p using (person_id)
     where p.handle = 'teen' and field = 'born_on' order by changed_at`,
  );
  assert.deepEqual(rows, [{ reason: 'own correction' }, { reason: 'saw the passport' }]);
});

test('follow counts once, a block ends follows both ways and hides both (A6: crosswise without deadlock)', async () => {
  const [a, b] = [await house.person(), await house.person()];
  const idOf = async (who: typeof a) => (await who.api.GET('/api/people/me')).data?.person?.person_id ?? '';
  const [to_b, to_a] = [{ path: { person_id: await idOf(b) } }, { path: { person_id: await idOf(a) } }];
  const crosswise = Array.from({ length: 8 }, (_, i) =>
    i % 2
      ? a.api.PUT('/api/people/{person_id}/follow', { params: to_b })
      : b.api.PUT('/api/people/{person_id}/follow', { params: to_a }),
  );
  for (const { response } of await Promise.all(crosswise)) assert.equal(response.status, 200);
  const seen = async () => (await a.api.GET('/api/people/@{handle}', { params: { path: { handle: b.handle } } })).data;
  assert.equal((await seen())?.follower_count, 1);
  assert.deepEqual((await seen())?.ties, {
    following: true,
    follows_me: true,
    requested: false,
    requests_me: false,
    muted_by_me: false,
    blocked_by_me: false,
  });

  await a.api.PUT('/api/people/{person_id}/block', { params: to_b });
  assert.equal((await seen())?.follower_count, 0);
  const hidden = await b.api.GET('/api/people/@{handle}', { params: { path: { handle: a.handle } } });
  assert.equal(hidden.response.status, 404);
  const again = await b.api.PUT('/api/people/{person_id}/follow', { params: to_a });
  assert.equal(again.response.status, 403);
  await a.api.DELETE('/api/people/{person_id}/block', { params: to_b });
  assert.equal((await b.api.PUT('/api/people/{person_id}/follow', { params: to_a })).response.status, 200);
});

test('D6: names and texts are kept as text; what turns a line around is refused', async () => {
  const anna = await house.person();
  const hostile = '<img src=x onerror=alert(1)>';
  const { data } = await anna.api.PATCH('/api/people/me', { body: { name: hostile, bio: `${hostile}\nsecond line` } });
  assert.equal(data?.person?.name, hostile);
  for (const name of ['\u202eevil', 'two\nlines', '   ', 'x'.repeat(61)]) {
    assert.equal((await anna.api.PATCH('/api/people/me', { body: { name } })).response.status, 400, name);
  }
});

test('the operator cannot leave the instance without one', async (t) => {
  const other = await openHouse(t);
  const [one, two] = [await other.person({ roles: ['operator'] }), await other.person({ roles: ['operator'] })];
  const resign = async (who: typeof one) => {
    const { data } = await who.api.GET('/api/people/me');
    const params = { path: { person_id: data?.person?.person_id ?? '' } };
    const { response } = await who.api.PUT('/api/people/{person_id}/roles', {
      params,
      body: { roles: [], reason: 'tired' },
    });
    return response.status;
  };
  assert.deepEqual((await Promise.all([resign(one), resign(two)])).toSorted(), [200, 409]);
});
