/**
 * Which addresses this server may fetch a page from on somebody's behalf. A server stands inside a network and can
 * reach what its users cannot (databases, printers, the cloud's own metadata), so only addresses of the public
 * internet are taken, judged as numbers at the moment of connecting and never as names: a name can be made to mean
 * another address a second later.
 */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export interface AddressPolicy {
  /** `address`: an IP address as it will be connected to. */
  allowsAddress(address: string): boolean;
  allowsPort(port: number): boolean;
}

/** Where websites are; other ports are mail, databases and the like, which answer HTTP in surprising ways. */
const webPorts: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);
/** The only part of IPv6 that is given out for the public internet. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

export const publicAddresses: AddressPolicy = {
  allowsAddress: isPublicAddress,
  allowsPort: (port) => webPorts.has(port),
};

/**
 * Whether an IP address is a public unicast one. IPv6 forms that carry an IPv4 address (mapped, compatible, NAT64,
 * 6to4, Teredo) are not, whatever they carry: no website needs them.
 */
export function isPublicAddress(address: string): boolean {
  // The library also reads short and octal forms; a socket's address has none.
  if (isIP(address) === 0 || address.includes('%')) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv6 ? parsed.match(globalUnicast) : true;
}
