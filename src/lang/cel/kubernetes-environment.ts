import type { CelEnvironment } from './check/environment.ts';
import { AUTHORIZER_FUNCTIONS, SELECTOR_FUNCTIONS } from './library/authorizer.ts';
import { type FunctionDecl, mergeFunctions } from './library/declare.ts';
import {
  INCLUDES_FUNCTION,
  KUBERNETES_LIST_FUNCTIONS,
  LIST_FUNCTIONS,
  MAP_INSERT_FUNCTION,
  SET_FUNCTIONS,
} from './library/lists.ts';
import { FORMAT_FUNCTIONS } from './library/named-formats.ts';
import { CIDR, CIDR_FUNCTIONS, IP, IP_FUNCTIONS } from './library/network.ts';
import { OPTIONAL_FUNCTIONS } from './library/optionals.ts';
import { QUANTITY_FUNCTIONS } from './library/quantity.ts';
import { regexFunctions } from './library/regex.ts';
import { SEMVER_FUNCTIONS } from './library/semver.ts';
import { STANDARD_FUNCTIONS } from './library/standard.ts';
import { JOIN_FUNCTION, LATER_STRING_FUNCTIONS, STRING_FUNCTIONS } from './library/strings.ts';
import { timeFunctions, type TimeZones } from './library/times.ts';
import { URL_FUNCTIONS } from './library/urls.ts';
import { WELL_KNOWN_TYPES, wellKnownFields } from './library/well-known.ts';
import { type Macro, OPTIONAL_MACROS, SORT_MACROS, STANDARD_MACROS, TWO_VARIABLE_MACROS } from './syntax/macros.ts';
import {
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DURATION,
  INT,
  LIST,
  MAP,
  NULL,
  OPTIONAL,
  STRING,
  type StructFields,
  TIMESTAMP,
  TYPE,
  UINT,
} from './types/cel-type.ts';

/** A part of the environment, from the minor version that has it to the one that has it no longer. */
interface Library {
  readonly since: number;
  readonly functions?: readonly FunctionDecl[];
  readonly macros?: readonly Macro[];
  readonly types?: readonly CelType[];
}

/** The libraries in the order in which the server adds them. Mirrors the apiserver's pkg/cel/environment/base.go, 1.37. */
const LIBRARIES: readonly Library[] = [
  { since: 0, functions: URL_FUNCTIONS },
  { since: 0, functions: KUBERNETES_LIST_FUNCTIONS },
  { since: 27, functions: AUTHORIZER_FUNCTIONS },
  { since: 28, functions: OPTIONAL_FUNCTIONS, macros: OPTIONAL_MACROS, types: [OPTIONAL] },
  { since: 28, functions: QUANTITY_FUNCTIONS },
  { since: 0, functions: [...STRING_FUNCTIONS, JOIN_FUNCTION] },
  { since: 29, functions: LATER_STRING_FUNCTIONS },
  { since: 29, functions: SET_FUNCTIONS },
  { since: 30, functions: IP_FUNCTIONS, types: [IP] },
  { since: 30, functions: CIDR_FUNCTIONS, types: [CIDR] },
  { since: 31, functions: FORMAT_FUNCTIONS },
  { since: 31, functions: SELECTOR_FUNCTIONS },
  { since: 32, functions: [MAP_INSERT_FUNCTION], macros: TWO_VARIABLE_MACROS },
  { since: 33, functions: SEMVER_FUNCTIONS },
  { since: 34, functions: LIST_FUNCTIONS, macros: SORT_MACROS },
  { since: 37, functions: [INCLUDES_FUNCTION] },
];
const NAMED_TYPES = [BOOL, BYTES, DOUBLE, DURATION, INT, LIST, MAP, NULL, STRING, TIMESTAMP, TYPE, UINT];

/** What an expression is compiled with besides the libraries. */
export interface EnvironmentOptions {
  readonly variables: ReadonlyMap<string, CelType>;
  /** The types of structs whose fields can be selected. */
  readonly structs?: (name: string) => StructFields | undefined;
  readonly zones?: TimeZones;
}

/**
 * The environment in which a server of a minor version of Kubernetes 1 compiles expressions that are stored already. New ones it compiles in that of the minor
 * before, so that a roll-back understands them.
 */
export function kubernetesEnvironment(minor: number, options: EnvironmentOptions): CelEnvironment {
  const libraries = LIBRARIES.filter(({ since }) => since <= minor);
  const types = [...NAMED_TYPES, ...libraries.flatMap((library) => library.types ?? [])];
  return {
    syntax: {
      macros: [...STANDARD_MACROS, ...libraries.flatMap(({ macros = [] }) => macros)],
      optionals: minor >= 28,
    },
    functions: mergeFunctions([
      ...STANDARD_FUNCTIONS,
      ...timeFunctions(options.zones ?? (() => undefined)),
      ...regexFunctions(),
      ...libraries.flatMap(({ functions = [] }) => functions),
    ]),
    variables: options.variables,
    types: new Map([...WELL_KNOWN_TYPES, ...types.map((type) => [type.name, type] as const)]),
    structs: (name) => wellKnownFields(name) ?? options.structs?.(name),
    comparesNumbers: minor >= 28,
    validatesLiterals: minor >= 29,
    reckonsLists: minor >= 34,
  };
}
