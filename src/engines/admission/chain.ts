import { builtInPlugins } from '../../cluster/components/admission-plugins.ts';
import type { AdmissionRequest } from '../../cluster/pods/admission-request.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import type { FieldError } from '../../cluster/index/field-error.ts';
import { metadataOf, textOf } from '../../cluster/stored/object-metadata.ts';
import type { JsonObject } from '../../model/object.ts';
import type { Judgement } from '../psp/judge-pod.ts';
import { judgementReasons } from '../psp/verdict-reasons.ts';
import type { Assumption, Reason, Step, Verdict } from '../verdict.ts';
import { decodeRequest } from './decode-request.ts';
import type {
  AdmissionAttributes,
  AdmissionPlugin,
  PluginContext,
  PluginOutcome,
  Rejection,
  Remark,
} from './request/plugin.ts';
import { admissionPlugin } from './registry.ts';
import { storeObject } from './store-object.ts';
import { mayJudge } from './undecided-plugins.ts';

/** Which plugins run, and how the API server around them is set up. */
export interface ChainOptions {
  /** Names of plugins; they run in the server's own order. */
  readonly plugins: readonly string[];
  /** `given`: in the order of `plugins` instead, which no server does. */
  readonly order?: 'server' | 'given';
  /** Configurations of plugins by name (AdmissionConfiguration), as decoded JSON. */
  readonly configuration?: Readonly<Record<string, JsonObject>>;
  /** Objects that were admitted before this request and that no manifest of the cluster tells of. */
  readonly admitted?: readonly JsonObject[];
  /** Whether to go on after a refusal, so that `gates` tells of every plugin; the first refusal stays the verdict. */
  readonly everyGate?: boolean;
  /** kube-apiserver --allow-privileged (default true, as kubeadm sets it): only `validationErrors` depend on it. */
  readonly allowPrivileged?: boolean;
  /** Whether the object is validated (default true); else `validationErrors` is empty. */
  readonly validates?: boolean;
  /** What was taken for granted when these options were put together; stands behind the plugins' own assumptions. */
  readonly assumptions?: readonly Assumption[];
}

/** What one plugin decided in one of its passes. */
export interface GateVerdict {
  readonly plugin: string;
  readonly phase: 'admit' | 'validate';
  /** Undefined where it let the request pass. */
  readonly rejection: Rejection | undefined;
  /** The object before it and after it, where it changed something. */
  readonly change: { readonly before: JsonObject; readonly after: JsonObject } | undefined;
  /** What PodSecurityPolicy made of every policy, where this is its gate and it looked. */
  readonly psp: Judgement | undefined;
  readonly remarks: readonly Remark[];
}

/**
 * What admission decides about a request. `decision` is admission's alone: where `validationErrors` has something, the server refuses the
 * request (422) although admission lets it pass.
 */
export interface AdmissionVerdict extends Verdict<'allow' | 'deny'> {
  /** The plugin that refused; '' when none did. */
  readonly deniedBy: string;
  readonly phase: 'admit' | 'validate' | '';
  /** HTTP status and its reason; 0 and '' when nothing refused. */
  readonly code: number;
  readonly reason: string;
  readonly messageParts: readonly string[];
  /** The object as it would be stored; of a refused one, as far as it got. */
  readonly object: JsonObject;
  readonly auditAnnotations: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  /** What the API server's validation finds wrong with a new object. */
  readonly validationErrors: readonly FieldError[];
  /** The passes of the plugins that ran, in order. */
  readonly gates: readonly GateVerdict[];
  /** Plugins of the list that may have a say and cannot be decided from manifests, such as webhooks. */
  readonly notJudged: readonly string[];
  /** What PodSecurityPolicy made of every policy, in the pass that decided; undefined when it did not look. */
  readonly psp: Judgement | undefined;
  /** The request as the last stage left it. */
  readonly request: AdmissionAttributes;
}

/**
 * Takes a request about any object, or through one of its subresources, through an API server: decoding and defaulting, the mutating
 * plugins, the registry, the validating plugins. Mirrors endpoints/handlers/{create,update}.go and admission/chain.go of apiserver, v1.24.
 */
export function runAdmission(cluster: Cluster, request: AdmissionRequest, options: ChainOptions): AdmissionVerdict {
  return new Run(cluster, request, options).verdict();
}

/** The names that a server would run, in its order; those that its version has not are left out. */
export function inServerOrder(cluster: Cluster, names: readonly string[]): readonly string[] {
  return builtInPlugins(cluster.version.value.minor)
    .map(({ name }) => name)
    .filter((name) => names.includes(name));
}

interface Refusal {
  readonly rejection: Rejection;
  readonly deniedBy: string;
  readonly phase: 'admit' | 'validate' | '';
}

class Run {
  private readonly cluster: Cluster;
  private readonly options: ChainOptions;
  private readonly plugins: readonly AdmissionPlugin[];
  private readonly notJudged: readonly string[];
  private attributes: AdmissionAttributes;
  private auditAnnotations: Readonly<Record<string, string>> = {};
  private readonly assumptions: Assumption[] = [];
  private readonly warnings = new Set<string>();
  private validationErrors: readonly FieldError[] = [];
  private readonly gates: GateVerdict[] = [];
  private refusal: Refusal | undefined;
  private psp: Judgement | undefined;

  constructor(cluster: Cluster, request: AdmissionRequest, options: ChainOptions) {
    this.cluster = cluster;
    this.options = options;
    const names = options.order === 'given' ? options.plugins : inServerOrder(cluster, options.plugins);
    this.plugins = names.flatMap((name) => admissionPlugin(name) ?? []);
    const attributes = decodeRequest(cluster, request);
    this.attributes = attributes;
    this.notJudged = names.filter((name) => admissionPlugin(name) === undefined && mayJudge(cluster, name, attributes));
  }

  verdict(): AdmissionVerdict {
    const wrong = this.settleNamespace();
    if (wrong !== undefined) this.refusal = { rejection: wrong, deniedBy: '', phase: '' };
    else if (this.pass('admit')) {
      this.store();
      this.pass('validate');
    }
    return this.end();
  }

  /** Runs one pass of all plugins; false where the request is over. */
  private pass(phase: 'admit' | 'validate'): boolean {
    for (const plugin of this.plugins) {
      const { name, operations } = plugin;
      const run = plugin[phase];
      if (run === undefined || !operations.includes(this.attributes.operation)) continue;
      const outcome = run(this.cluster, this.attributes, this.contextOf(name));
      this.take(outcome);
      const { rejection, object, psp, remarks = [] } = outcome;
      const before = this.attributes.object;
      const isChanged = phase === 'admit' && object !== undefined && object !== before && rejection === undefined;
      const change = isChanged ? { before, after: object } : undefined;
      this.gates.push({ plugin: name, phase, rejection, change, psp, remarks });
      if (rejection !== undefined) {
        this.refusal ??= { rejection, deniedBy: name, phase };
        if (this.options.everyGate !== true) return false;
      } else if (phase === 'admit' && object !== undefined) this.attributes = { ...this.attributes, object };
    }
    return true;
  }

  private contextOf(name: string): PluginContext {
    const { configuration, admitted = [] } = this.options;
    return { configuration: configuration?.[name], admitted };
  }

  /** Fills in the namespace of the request; an object of another one is refused before any plugin. */
  private settleNamespace(): Rejection | undefined {
    const { namespaced, object } = this.attributes;
    const metadata = metadataOf(object);
    const namespace = namespaced ? this.attributes.namespace : '';
    const written = textOf(metadata.namespace);
    if (written === namespace) return undefined;
    if (written === '' || namespace === '') {
      const settled: JsonObject = { ...metadata, namespace };
      if (namespace === '') delete settled.namespace;
      this.attributes = { ...this.attributes, object: { ...object, metadata: settled } };
      return undefined;
    }
    const message = 'the namespace of the provided object does not match the namespace sent on the request';
    return { code: 400, reason: 'BadRequest', message, messageParts: [], because: [] };
  }

  private take(outcome: PluginOutcome): void {
    this.auditAnnotations = { ...this.auditAnnotations, ...outcome.auditAnnotations };
    this.assumptions.push(...(outcome.assumptions ?? []));
    for (const warning of outcome.warnings ?? []) this.warnings.add(warning);
    // A creation is shown as the mutating pass saw it, unless only the validating one refused it.
    const isShown = this.psp === undefined || outcome.rejection !== undefined;
    if (outcome.psp !== undefined && isShown) this.psp = outcome.psp;
  }

  /** What the registry does between the two passes. */
  private store(): void {
    const { allowPrivileged = true, validates = true } = this.options;
    const validation = validates ? { allowPrivileged } : undefined;
    const { object, errors, warnings } = storeObject(this.cluster, this.attributes, validation);
    this.validationErrors = errors;
    for (const warning of warnings) this.warnings.add(warning);
    this.attributes = { ...this.attributes, object, name: this.attributes.name || textOf(metadataOf(object).name) };
  }

  private end(): AdmissionVerdict {
    const { rejection, deniedBy = '', phase = '' } = this.refusal ?? {};
    const { cluster, gates, psp } = this;
    let allowedBy: readonly Reason[] | undefined;
    return {
      decision: rejection === undefined ? 'allow' : 'deny',
      get message() {
        return rejection?.message ?? '';
      },
      get because() {
        return rejection?.because ?? (allowedBy ??= psp === undefined ? [] : judgementReasons(cluster, psp));
      },
      get steps() {
        return gates.map(gateStep);
      },
      assumptions: [...this.assumptions, ...(this.options.assumptions ?? [])],
      deniedBy,
      phase,
      code: rejection?.code ?? 0,
      reason: rejection?.reason ?? '',
      messageParts: rejection?.messageParts ?? [],
      object: this.attributes.object,
      auditAnnotations: this.auditAnnotations,
      warnings: [...this.warnings],
      validationErrors: this.validationErrors,
      gates,
      notJudged: this.notJudged,
      psp,
      request: this.attributes,
    };
  }
}

/** One pass of a plugin as text: `LimitRanger changes the object`. */
function gateStep({ plugin, phase, rejection, change }: GateVerdict): Step {
  if (rejection !== undefined) {
    const [reason] = rejection.because;
    const sentence = `${plugin} refuses the request: ${rejection.message}`;
    return { sentence, outcome: 'failed', ...(reason && { object: reason.object, path: reason.path }) };
  }
  if (change !== undefined) return { sentence: `${plugin} changes the object`, outcome: 'noted' };
  const sentence = phase === 'admit' ? `${plugin} leaves the object as it is` : `${plugin} admits the object`;
  return { sentence, outcome: 'passed' };
}
