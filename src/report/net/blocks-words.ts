/** The first of some blocks of addresses: `10.0.0.0/8 192.0.2.0/24 …`. */
export function blocksWords(blocks: readonly string[]): string {
  return `${blocks.slice(0, 4).join(' ')}${blocks.length > 4 ? ' …' : ''}`;
}

/** Whether some blocks are more than half of all addresses of their family. */
export function isMostAddresses(blocks: readonly string[]): boolean {
  return blocks.reduce((share, block) => share + 2 ** -Number(block.slice(block.indexOf('/') + 1)), 0) > 0.5;
}
