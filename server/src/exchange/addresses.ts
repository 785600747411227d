/** Who may call from where: single addresses and networks in CIDR notation, IPv4 and IPv6. */
import { BlockList, isIP } from 'node:net';

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** An IPv4 address that came over an IPv6 socket is the IPv4 address. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/** Whether the line is an address or a network. */
export function isAddressRule(line: string): boolean {
  const [address = '', bits, more] = line.split('/');
  const most = isIP(address) === 6 ? 128 : 32;
  return (
    isIP(address) !== 0 &&
    more === undefined &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
}

/** Whether a call from this address is allowed; an empty list allows all. */
export function isAllowed(rules: readonly string[], from: string): boolean {
  if (rules.length === 0) {
    return true;
  }
  const list = new BlockList();
  for (const rule of rules) {
    const [address = '', bits] = rule.split('/');
    if (bits === undefined) {
      list.addAddress(address, familyOf(address));
    } else {
      list.addSubnet(address, Number(bits), familyOf(address));
    }
  }
  const address = plain(from);
  return isIP(address) !== 0 && list.check(address, familyOf(address));
}
