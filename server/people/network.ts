/** Addresses as lines that several devices share. */
import { isIPv6 } from 'node:net';

/** IPv4 as it is, IPv6 by its first 48 bits: what one household or company has. */
export const networkOf = (address: string): string =>
  isIPv6(address) && !address.startsWith('::') ? address.split(':').slice(0, 3).join(':') : address;
