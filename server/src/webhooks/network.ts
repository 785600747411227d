/** Which addresses a webhook may reach: those of the public internet, and private networks the configuration names. */
import { BlockList, isIP, isIPv6 } from 'node:net';
import { parseNetwork } from '../config.parse.ts';

/** IPv4 that is not the public internet's (IANA special-purpose registry, multicast, reserved). */
const CLOSED_4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Of IPv6 only global unicast is public, without what maps to IPv4, documents or belongs to protocols. */
const GLOBAL_6 = '2000::/3';
const CLOSED_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const { address, bits, family } = parseNetwork(network);
    list.addSubnet(address, bits, family);
  }
  return list;
}

/** `::ffff:127.0.0.1` and its hexadecimal twin are 127.0.0.1. */
function plain(address: string): string {
  const bare = address.replace(/%.*$/, '');
  if (!isIPv6(bare)) {
    return bare;
  }
  const mapped = /^\[?::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([\da-f]{1,4}):([\da-f]{1,4}))\]?$/i.exec(
    new URL(`http://[${bare}]`).hostname,
  );
  if (!mapped) {
    return bare;
  }
  const [, dotted, high = '0', low = '0'] = mapped;
  const [a, b] = [parseInt(high, 16), parseInt(low, 16)];
  return dotted ?? [a >> 8, a & 255, b >> 8, b & 255].join('.');
}

export interface Network {
  /** Whether the configuration names it. */
  isAllowedPrivate(address: string): boolean;
  /** Whether a webhook may connect to this IP address. */
  isOpen(address: string): boolean;
}

/** @param allowed networks a webhook may reach although they are private */
export function createNetwork(allowed: readonly string[]): Network {
  const allow = listOf(allowed);
  const closed4 = listOf(CLOSED_4);
  const global6 = listOf([GLOBAL_6]);
  const closed6 = listOf(CLOSED_6);
  const isAllowedPrivate = (address: string): boolean => {
    const bare = plain(address);
    return isIP(bare) !== 0 && allow.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
  };
  return {
    isAllowedPrivate,
    isOpen(address) {
      const bare = plain(address);
      switch (isIP(bare)) {
        case 4:
          return isAllowedPrivate(bare) || !closed4.check(bare, 'ipv4');
        case 6:
          return isAllowedPrivate(bare) || (global6.check(bare, 'ipv6') && !closed6.check(bare, 'ipv6'));
        default:
          return false;
      }
    },
  };
}
