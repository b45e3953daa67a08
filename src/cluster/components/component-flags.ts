/** One word of a command line and where it stands in the manifest (an index of its own list of words). */
export interface Word {
  readonly text: string;
  readonly index: number;
}

/** One use of a flag: `--name=value`, or `--name value` as two words. */
export interface FlagUse {
  readonly name: string;
  readonly value: string;
  /** The index of the word that names the flag. */
  readonly index: number;
}

/** Flags that take no separate word: `--flag false` means true, as pflag's NoOptDefVal has it. */
const booleanFlags: ReadonlySet<string> = new Set([
  'allow-privileged',
  'anonymous-auth',
  'auto-tls',
  'client-cert-auth',
  'enable-bootstrap-token-auth',
  'kubelet-https',
  'leader-elect',
  'make-iptables-util-chains',
  'peer-auto-tls',
  'peer-client-cert-auth',
  'profiling',
  'protect-kernel-defaults',
  'rotate-certificates',
  'rotate-server-certificates',
  'service-account-extend-token-expiration',
  'service-account-lookup',
  'use-service-account-credentials',
]);

/** The flags among words, in order, as pflag reads them with Kubernetes' normalisation of `_` to `-`. */
export function parseFlags(words: readonly Word[]): FlagUse[] {
  const uses: FlagUse[] = [];
  for (let position = 0; position < words.length; position++) {
    const word = words[position];
    if (!word?.text.startsWith('--')) continue;
    if (word.text === '--') break;
    const equals = word.text.indexOf('=');
    const name = (equals < 0 ? word.text.slice(2) : word.text.slice(2, equals)).replaceAll('_', '-');
    let value = 'true';
    const next = words[position + 1];
    if (equals >= 0) value = word.text.slice(equals + 1);
    else if (!booleanFlags.has(name) && next !== undefined && !next.text.startsWith('--')) {
      value = next.text;
      position++;
    }
    uses.push({ name, value, index: word.index });
  }
  return uses;
}

/** The words of a shell command line, without expansion: enough for the one-line scripts that start control plane components. */
export function shellWords(script: string): string[] {
  return [...script.matchAll(/"([^"]*)"|'([^']*)'|[^\s"']+/g)].map((match) => match[1] ?? match[2] ?? match[0]);
}
