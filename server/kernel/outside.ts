/**
 * Calls to addresses that somebody else named (push services, webhooks): https only, public addresses only, and the
 * address that was looked at is the one connected to, so that a name which changes its mind in between leads nowhere
 * (FAULTS C6, E1). No redirect is followed, no body is read, and time is limited.
 */
import { lookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Config } from '../config.ts';

/** The address is none that this house calls. */
export class OutsideRefused extends Error {}

/** Not on the public internet (IANA special-purpose registries, RFC 6890). */
const NOT_PUBLIC_4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
];
/** Of the global unicast addresses; whatever is outside of 2000::/3 (mapped, translated, local) is refused anyway. */
const NOT_PUBLIC_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const listOf = (subnets: string[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = '', bits] = subnet.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
};
const blocked4 = listOf(NOT_PUBLIC_4, 'ipv4');
const blocked6 = listOf(NOT_PUBLIC_6, 'ipv6');
const global6 = listOf(['2000::/3'], 'ipv6');

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !blocked4.check(address, 'ipv4');
  return family === 6 && global6.check(address, 'ipv6') && !blocked6.check(address, 'ipv6');
}

/** @throws OutsideRefused for what can be told from the address alone. Names are looked at when they are called. */
export function outsideAddress(config: Pick<Config, 'private_origins'>, address: string): URL {
  if (!URL.canParse(address)) throw new OutsideRefused('is no address');
  const url = new URL(address);
  if (url.username || url.password) throw new OutsideRefused('holds a password');
  if (config.private_origins.includes(url.origin)) return url;
  if (url.protocol !== 'https:') throw new OutsideRefused('is not https');
  // The parser has made 2130706433 and 0x7f.1 into what they stand for.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw new OutsideRefused('is not public');
  return url;
}

export type Resolve = (
  host: string,
  options: { all: true },
  done: (error: Error | null, found: Found[]) => void,
) => void;
type Found = { address: string; family: number };

/** One look-up, whose answer is both judged and connected to. One private address among several refuses them all. */
export const lookupPublic =
  (resolve: Resolve): LookupFunction =>
  (host, options, done) =>
    resolve(host, { all: true }, (error, found) => {
      const bad = error ?? (found.every(({ address }) => isPublicAddress(address)) ? null : new OutsideRefused(host));
      const [first] = found ?? [];
      if (bad || !first) return done(bad ?? new OutsideRefused(host), '', 0);
      if (options.all) return (done as unknown as (error: null, found: Found[]) => void)(null, found);
      return done(null, first.address, first.family);
    });

export interface OutsideRequest {
  method: string;
  headers: Record<string, string>;
  body: Buffer;
  timeout_ms: number;
  /** For tests: names that change their mind. */
  resolve?: Resolve;
}

export interface OutsideAnswer {
  status: number;
  retry_after: string | null;
}

/** @throws OutsideRefused, or the error of a connection that failed or took too long */
export async function callOutside(
  config: Pick<Config, 'private_origins'>,
  address: string,
  { method, headers, body, timeout_ms, resolve = lookup as Resolve }: OutsideRequest,
): Promise<OutsideAnswer> {
  const url = outsideAddress(config, address);
  const own = config.private_origins.includes(url.origin);
  return new Promise((answered, failed) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const signal = AbortSignal.timeout(timeout_ms);
    const options = { method, headers, signal, agent: false as const, ...(!own && { lookup: lookupPublic(resolve) }) };
    const request = send(url, options, (response) => {
      const { 'retry-after': retry_after } = response.headers;
      answered({ status: response.statusCode ?? 0, retry_after: retry_after ?? null });
      response.destroy();
    });
    request.on('error', failed);
    request.end(body);
  });
}
