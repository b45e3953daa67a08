import type { Command } from 'commander';
import { addInputOptions, type InputOptions } from '../../input-options.ts';
import { addFormatOption } from '../../format-option.ts';

/** What every net command takes. */
export interface NetOptions extends InputOptions {
  readonly cluster?: string;
}

/** What net commands take that look at one family of addresses. */
export interface FamilyOption {
  readonly ipv6?: boolean;
}

/** Declares the manifests to read. */
export function addManifests(command: Command): Command {
  return command.argument('[paths...]', 'manifests (default: the current directory)');
}

/** Declares the formats, `--cluster` and how manifests are read. */
export function addNetOptions(command: Command, formats: readonly string[]): Command {
  const choosing = addFormatOption(command, formats);
  return addInputOptions(choosing.option('--cluster <name>', 'cluster to query, if the manifests define several'));
}

/** Declares `--ipv6`. */
export function addFamilyOption(command: Command): Command {
  return command.option('--ipv6', 'analyse IPv6 instead of IPv4');
}

/** The address family to analyse. */
export function familyOf({ ipv6 }: FamilyOption): 4 | 6 {
  return ipv6 === true ? 6 : 4;
}
