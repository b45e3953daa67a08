/**
 * What stands in a manifest for a value that somebody fills in later, so that the value is not known here:
 * `ENC[AES256_GCM,…]` of SOPS and `ENC[…]` of others, age's armour; `${NAME}`, `${NAME:-default}` and `$NAME` of shells, envsubst and Flux; `{{ … }}` of templates;
 * `<path:…>` and `<secret:…>` of the plugins of Argo CD, and `<NAME>` of documentation; `%{name}`, `%NAME%`, `@@name@@`, `@name@`, `__NAME__`, `#{NAME}#`, `[[ name ]]`, `((name))`,
 * `REPLACE_ME`; a command whose output is encoded, `$(cat file | base64)`.
 */
const MARK =
  /ENC\[[\w:,+/= -]*\]|-----BEGIN AGE ENCRYPTED FILE-----|\$\{[^}\n]*\}|\{\{[^\n]*?\}\}|<[A-Za-z][\w-]*:[^<>\n]+>|^<[A-Za-z][\w .-]*>$|%\{[^}\n]*\}|^%[A-Za-z_][\w.-]*%$|@@[A-Za-z_][\w.-]*@@|^@[A-Za-z_][\w.-]*@$|^__[A-Z][A-Z0-9_]*__$|#\{[^}\n]*\}#?|^\[\[[^\]\n]*\]\]$|^\(\([^()\n]+\)\)$|^\$\([A-Za-z_][\w.]*\)$|^\$[A-Z][A-Z0-9_]*$|^\$\([^\n]*\bbase64\b[^\n]*\)$|^(?:REPLACE|CHANGE|FILL)_?ME(?:_?IN)?$/;

/** A text without one of these has no mark; most have none. */
const HINT = /[[{<%@_($]|AGE|ME/;

/** Whether a text holds the mark of a value that is filled in later, or is encrypted. */
export function isUnknownText(text: string): boolean {
  return HINT.test(text) && MARK.test(text);
}

const CAPITALS = /(?:^|[^A-Za-z0-9])(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|REPLACEME|CHANGEME|PLACEHOLDER)(?:$|[^A-Za-z0-9])/;

/**
 * Whether a text holds a word in capitals that a script replaces, like `ROLLOUT_NAME-active` or `NUM_NODES`. Only where no such word can be meant:
 * names of environment variables look the same.
 */
export function isPlaceholderInCapitals(text: string): boolean {
  return CAPITALS.test(text);
}

const WORD = /\b[A-Z][A-Z0-9_]*(?: [A-Z][A-Z0-9_]*)*\b/g;

const NAMED = /^(?:DOMAIN|HOSTNAME|NAME|NAMESPACE|NODENAME|USERNAME|VERSION)$/;

/**
 * The words in capitals of a name that may hold none, like `HOSTNAME` in `wipe-HOSTNAME`, and `FILLED BY THE OPERATOR`: a program replaces them. A name that
 * only shouts is a mistake.
 */
export function placeholdersInName(name: string): readonly string[] {
  if (!/[A-Z]{4}|_/.test(name)) return [];
  const isMixed = /[a-z]/.test(name);
  return [...name.matchAll(WORD)].flatMap(([word]) =>
    isPlaceholderInCapitals(word) || NAMED.test(word) || word.includes(' ') || (isMixed && word.length > 3)
      ? [word]
      : [],
  );
}
