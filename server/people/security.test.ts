import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { codeOf, makePasskey } from '../test/authenticator.ts';
import { ask, buyCoins, coinsOf } from '../test/coins.ts';
import { openHouse } from '../test/harness.ts';

let house: Awaited<ReturnType<typeof openHouse>>;
before(async (t) => {
  // better-auth reads the clock on the wall.
  house = await openHouse(t as never, { real: true });
});

// biome-ignore lint/suspicious/noExplicitAny: answers as a client without types reads them
type Json = any;

/** A browser: keeps cookies from answer to answer. */
function browser() {
  const jar = new Map<string, string>();
  return {
    jar,
    async ask(method: string, path: string, body?: object): Promise<{ status: number; body: Json }> {
      const response = await fetch(`${house.url}/api${path}`, {
        method,
        headers: {
          cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (value === '' || /max-age=0/i.test(cookie)) jar.delete(name);
        else jar.set(name, value);
      }
      const text = await response.text();
      return { status: response.status, body: text ? JSON.parse(text) : null };
    },
  };
}

const PASSWORD = 'a long and odd password';
let people = 0;

async function signedUp() {
  people += 1;
  const email = `person${people}@example.org`;
  const tab = browser();
  const answer = await tab.ask('POST', '/people', {
    ...{ handle: `person${people}`, name: 'Person', email, password: PASSWORD },
    ...{ market: 'DE', locale: 'en', born_on: '1990-05-05' },
  });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return { email, tab };
}

const signIn = (tab: ReturnType<typeof browser>, email: string) =>
  tab.ask('POST', '/auth/sign-in', { email, password: PASSWORD });
const whoAmI = async (tab: ReturnType<typeof browser>) => (await tab.ask('GET', '/people/me')).body.person?.handle;

async function withSecondFactor() {
  const person = await signedUp();
  const begun = await person.tab.ask('POST', '/people/me/second-factor', { password: PASSWORD });
  assert.equal(begun.status, 200, JSON.stringify(begun.body));
  const { app_url, codes } = begun.body as { app_url: string; codes: string[] };
  const confirmed = await person.tab.ask('POST', '/people/me/second-factor/confirm', { code: codeOf(app_url) });
  assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body));
  return { ...person, app_url, codes };
}

test('a second factor: begun with the password, on with the first code, asked for at the next sign-in', async () => {
  const { tab, email, app_url, codes } = await withSecondFactor();
  assert.match(app_url, /^otpauth:\/\/totp\//);
  assert.equal(codes.length, 10);
  assert.equal((await tab.ask('GET', '/people/me/security')).body.second_factor, true);
  assert.ok(await whoAmI(tab), 'the session goes on with its new cookie');

  const other = browser();
  const first = await signIn(other, email);
  assert.deepEqual(first.body, { person: null, second_factor: true });
  assert.equal(await whoAmI(other), undefined, 'the password alone opens nothing');
  assert.equal((await other.ask('POST', '/auth/second-factor', { code: '000000' })).body.code, 'code_wrong');
  const second = await other.ask('POST', '/auth/second-factor', { code: codeOf(app_url) });
  assert.equal(second.status, 200, JSON.stringify(second.body));
  assert.ok(await whoAmI(other));
});

test('a code written down works once; a trusted device is asked for no code', async () => {
  const { email, codes } = await withSecondFactor();
  const code = codes[0] as string;
  const tab = browser();
  await signIn(tab, email);
  assert.equal((await tab.ask('POST', '/auth/second-factor', { code, trust_device: true })).status, 200);
  assert.equal((await signIn(tab, email)).body.second_factor, false, 'trusted');
  const other = browser();
  await signIn(other, email);
  assert.equal((await other.ask('POST', '/auth/second-factor', { code })).body.code, 'code_wrong');
});

test('wrong codes in a row end the attempt: guessing needs the password again and again', async () => {
  const { email } = await withSecondFactor();
  const tab = browser();
  await signIn(tab, email);
  const codes: string[] = [];
  for (let i = 0; i < 6; i += 1) {
    codes.push((await tab.ask('POST', '/auth/second-factor', { code: `00000${i}` })).body.code);
  }
  assert.deepEqual(codes, [...Array(5).fill('code_wrong'), 'sign_in_again']);
});

test('the second factor ends with the password only; a wrong one changes nothing', async () => {
  const { tab, email } = await withSecondFactor();
  const wrong = await tab.ask('POST', '/people/me/second-factor/end', { password: 'something else 12' });
  assert.equal(wrong.body.code, 'password_wrong');
  assert.equal(
    (await tab.ask('POST', '/people/me/second-factor', { password: PASSWORD })).body.code,
    'second_factor_on',
  );
  assert.equal((await tab.ask('POST', '/people/me/second-factor/end', { password: PASSWORD })).status, 200);
  assert.equal((await signIn(browser(), email)).body.second_factor, false);
});

async function withPasskey() {
  const person = await signedUp();
  const passkey = makePasskey(house.ctx.config.public_url);
  const { status, body } = await person.tab.ask('POST', '/people/me/passkeys/options');
  assert.equal(status, 200, JSON.stringify(body));
  const response = passkey.register(body.options.challenge);
  const kept = await person.tab.ask('POST', '/people/me/passkeys', { response, name: 'Phone' });
  assert.equal(kept.status, 200, JSON.stringify(kept.body));
  return { ...person, passkey };
}

async function challenge(tab: ReturnType<typeof browser>): Promise<string> {
  return (await tab.ask('POST', '/auth/passkey-options')).body.options.challenge;
}

test('a passkey signs in without a password, and is forgotten by its owner alone', async () => {
  const { tab, passkey } = await withPasskey();
  const me = await whoAmI(tab);
  const other = browser();
  const response = passkey.signIn(await challenge(other));
  const answer = await other.ask('POST', '/auth/passkey', { response });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.equal(await whoAmI(other), me);
  assert.equal((await other.ask('POST', '/auth/passkey', { response })).body.code, 'passkey_refused', 'once');

  const [kept] = (await tab.ask('GET', '/people/me/security')).body.passkeys;
  assert.equal(kept.name, 'Phone');
  const stranger = (await signedUp()).tab;
  assert.equal((await stranger.ask('DELETE', `/people/me/passkeys/${kept.passkey_id}`)).status, 404);
  assert.equal((await tab.ask('DELETE', `/people/me/passkeys/${kept.passkey_id}`)).status, 200);
  const late = browser();
  const again = await late.ask('POST', '/auth/passkey', { response: passkey.signIn(await challenge(late)) });
  assert.equal(again.body.code, 'passkey_refused');
});

test('a passkey of another site, an old challenge and a made-up answer are refused', async () => {
  const { passkey } = await withPasskey();
  const tab = browser();
  const refused = async (response: object) => (await tab.ask('POST', '/auth/passkey', { response })).body.code;
  const old = await challenge(tab);
  const now = await challenge(tab);
  assert.equal(await refused(passkey.signIn(old)), 'passkey_refused');
  assert.equal(await refused(passkey.signIn(await challenge(tab), 'https://evil.example')), 'passkey_refused');
  assert.equal(await refused({ ...passkey.signIn(await challenge(tab)), response: {} }), 'passkey_refused');
  assert.equal(await refused(makePasskey(house.ctx.config.public_url).signIn(now)), 'passkey_refused');
  assert.equal(await whoAmI(tab), undefined);
});

/** The links in mails to an address, newest last. */
async function linksTo(email: string): Promise<string[]> {
  await house.drain();
  const { rows } = await house.ctx.db.pool.query<{ text: string }>(
    'select body_text as text from mailbox where recipient = $1 order by mail_id',
    [email],
  );
  return rows.map(({ text }) => /#(\S+)/.exec(text)?.[1] ?? text);
}

test('another address: proven by its own mailbox, told to the old one, once', async () => {
  const { tab, email } = await signedUp();
  const wanted = `new.${email}`;
  const wish = (password: string, to = wanted) => tab.ask('POST', '/people/me/email', { email: to, password });
  assert.equal((await wish('not the password')).body.code, 'password_wrong');
  assert.equal((await wish(PASSWORD, email.toUpperCase())).body.code, 'email_same');
  assert.equal((await wish(PASSWORD)).status, 200);
  const [token = ''] = await linksTo(wanted);
  assert.equal((await tab.ask('GET', '/people/me')).body.person.email, email, 'not before it is proven');
  assert.equal((await browser().ask('POST', '/auth/change-email', { token })).status, 200);
  const { person } = (await tab.ask('GET', '/people/me')).body;
  assert.deepEqual([person.email, person.email_verified], [wanted, true]);
  assert.match((await linksTo(email)).at(-1) ?? '', /n….*@example\.org/, 'the old mailbox knows');
  assert.equal((await browser().ask('POST', '/auth/change-email', { token })).body.code, 'token_invalid');
  assert.equal((await signIn(browser(), email)).body.code, 'credentials_wrong');
  assert.equal((await signIn(browser(), wanted)).status, 200);
});

test('another address that somebody else took meanwhile changes nothing', async () => {
  const [one, two] = [await signedUp(), await signedUp()];
  await one.tab.ask('POST', '/people/me/email', { email: two.email, password: PASSWORD });
  const token = (await linksTo(two.email)).at(-1) ?? '';
  assert.equal((await browser().ask('POST', '/auth/change-email', { token })).body.code, 'email_taken');
  assert.equal((await signIn(browser(), one.email)).status, 200);
});

test('an account is deleted with the password, once its coins are paid back; sign-in, profile and ties are gone', async () => {
  const fan = await house.person();
  const { tab, email } = await signedUp();
  const me = (await tab.ask('GET', '/people/me')).body.person;
  await house.ctx.db.pool.query('update auth.users set email_verified = true where email = $1', [email]);
  const cookie = [...tab.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const who = {
    fetch: (path: string, init: RequestInit = {}) =>
      fetch(`${house.url}${path}`, { ...init, headers: { ...init.headers, cookie } }),
  };
  assert.equal((await fan.fetch(`/api/people/${me.person_id}/follow`, { method: 'PUT' })).status, 200);
  const { lot_id } = await buyCoins(who, 500n);
  const end = (password: string) => tab.ask('POST', '/people/me/delete', { password });
  assert.equal((await end('not the password')).body.code, 'password_wrong');
  const refused = await end(PASSWORD);
  assert.deepEqual([refused.body.code, refused.body.left], ['account_not_empty', ['coins']]);
  assert.deepEqual((await tab.ask('GET', '/people/me/remainders')).body, { left: ['coins'] });
  assert.equal(await coinsOf(who), 500n, 'nothing is lost by asking');

  const lots = await ask(who, 'GET', '/wallet/lots');
  const { unspent: coins, refund: amount } = lots.body.items[0];
  const back = await ask(who, 'POST', `/wallet/lots/${lot_id}/withdrawal`, { coins, amount });
  assert.equal(back.status, 201, JSON.stringify(back.body));
  const gone = await end(PASSWORD);
  assert.equal(gone.status, 200, JSON.stringify(gone.body));
  assert.equal(await whoAmI(tab), undefined);
  assert.equal((await signIn(browser(), email)).body.code, 'credentials_wrong');
  assert.equal((await tab.ask('GET', `/people/@${me.handle}`)).status, 404);
  const fans = await (await fan.fetch('/api/people/me')).json();
  assert.equal((fans as Json).person.following_count, 0);
  assert.equal((await signedUpAs(me.handle, email)).status, 201, 'handle and address are free again');
});

const signedUpAs = (handle: string, email: string) =>
  browser().ask('POST', '/people', {
    ...{ handle, email, name: 'Again', password: PASSWORD, market: 'DE', locale: 'en', born_on: '1990-05-05' },
  });
