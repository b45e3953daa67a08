import type { KubernetesVersion } from '../../model/versions.ts';
import type { FieldPath } from '../../text/tree.ts';
import type { ObjectPlace } from '../index/cluster.ts';
import { type Component, type ComponentName, lastFlag, listedIn } from './component.ts';
import { itemsAt, nodeAt } from '../index/field-node.ts';

/** What a component does about one thing, whether a flag, a file, kubeadm or nobody said so. */
export interface Setting {
  /** '' where it is not set and has no default. */
  readonly value: string;
  /** Where it is written; the component where it is not. */
  readonly place: ObjectPlace;
  readonly written: boolean;
  /** How we know, to stand in a message: `--profiling=true`, or that it is not set and what it is by default. */
  readonly words: string;
}

interface SettingSpec {
  /** The value without the flag. */
  readonly default: string;
  /** What kubeadm sets; where it stands, a default of kubeadm is meant and not the component's own. */
  readonly kubeadm?: string;
  /** The field of the component's configuration file, and its value where the file does not have it. */
  readonly field?: FieldPath;
  readonly fieldDefault?: string;
  /** What kubeadm writes into that field. */
  readonly fieldKubeadm?: string;
  /** The last minor in which the flag has an effect. */
  readonly until?: number;
  /** The first minor that has the flag. */
  readonly since?: number;
  /** A flag that hands the matter over to a file, which the manifest does not show. */
  readonly elsewhere?: string;
  /** Whether the flag is a list, whose uses add up. */
  readonly list?: boolean;
}

const file = 'set by kubeadm';

/**
 * Flags, what they are by default, and what kubeadm makes of them. Sources: cmd/kube-apiserver/app/options, pkg/kubeapiserver/options,
 * cmd/kubelet/app/options (applyLegacyDefaults), pkg/kubelet/apis/config/v1beta1/defaults.go,
 * cmd/kubeadm/app/phases/controlplane/manifests.go, phases/etcd/local.go and componentconfigs/kubelet.go of Kubernetes 1.24; etcd 3.5.
 */
const specs: Readonly<Record<ComponentName, Readonly<Record<string, SettingSpec>>>> = {
  'kube-apiserver': {
    'anonymous-auth': { default: 'true', elsewhere: 'authentication-config' },
    'basic-auth-file': { default: '', until: 18 },
    'token-auth-file': { default: '' },
    'kubelet-https': { default: 'true', until: 18 },
    'kubelet-client-certificate': { default: '', kubeadm: file },
    'kubelet-client-key': { default: '', kubeadm: file },
    'kubelet-certificate-authority': { default: '' },
    'authorization-mode': {
      default: 'AlwaysAllow',
      kubeadm: 'Node,RBAC',
      elsewhere: 'authorization-config',
      list: true,
    },
    'insecure-bind-address': { default: '', until: 19 },
    'insecure-port': { default: '8080', kubeadm: '0', until: 19 },
    'secure-port': { default: '6443' },
    profiling: { default: 'true' },
    'audit-log-path': { default: '', elsewhere: 'audit-webhook-config-file' },
    'audit-policy-file': { default: '' },
    'audit-log-maxage': { default: '0' },
    'audit-log-maxbackup': { default: '0' },
    'audit-log-maxsize': { default: '0' },
    'request-timeout': { default: '1m0s' },
    'service-account-lookup': { default: 'true' },
    'service-account-key-file': { default: '', kubeadm: file },
    'service-account-extend-token-expiration': { default: 'true', since: 21 },
    'etcd-certfile': { default: '', kubeadm: file },
    'etcd-keyfile': { default: '', kubeadm: file },
    'etcd-cafile': { default: '', kubeadm: file },
    'tls-cert-file': { default: '', kubeadm: file },
    'tls-private-key-file': { default: '', kubeadm: file },
    'client-ca-file': { default: '', kubeadm: file },
    'encryption-provider-config': { default: '' },
    'tls-cipher-suites': { default: '', list: true },
  },
  'kube-controller-manager': {
    'terminated-pod-gc-threshold': { default: '12500' },
    profiling: { default: 'true' },
    'use-service-account-credentials': { default: 'false', kubeadm: 'true' },
    'service-account-private-key-file': { default: '', kubeadm: file },
    'root-ca-file': { default: '', kubeadm: file },
    'bind-address': { default: '0.0.0.0', kubeadm: '127.0.0.1' },
    'feature-gates': { default: '', list: true },
  },
  'kube-scheduler': {
    profiling: { default: 'true', elsewhere: 'config' },
    'bind-address': { default: '0.0.0.0', kubeadm: '127.0.0.1' },
  },
  etcd: {
    'cert-file': { default: '', kubeadm: file, elsewhere: 'config-file' },
    'key-file': { default: '', kubeadm: file, elsewhere: 'config-file' },
    'client-cert-auth': { default: 'false', kubeadm: 'true', elsewhere: 'config-file' },
    'auto-tls': { default: 'false', elsewhere: 'config-file' },
    'peer-cert-file': { default: '', kubeadm: file, elsewhere: 'config-file' },
    'peer-key-file': { default: '', kubeadm: file, elsewhere: 'config-file' },
    'peer-client-cert-auth': { default: 'false', kubeadm: 'true', elsewhere: 'config-file' },
    'peer-auto-tls': { default: 'false', elsewhere: 'config-file' },
    'trusted-ca-file': { default: '', kubeadm: '', elsewhere: 'config-file' },
  },
  kubelet: {
    'anonymous-auth': kubeletSpec('true', 'authentication.anonymous.enabled', 'false'),
    'authorization-mode': kubeletSpec('AlwaysAllow', 'authorization.mode', 'Webhook'),
    'client-ca-file': { ...kubeletSpec('', 'authentication.x509.clientCAFile', ''), fieldKubeadm: file },
    'read-only-port': kubeletSpec('10255', 'readOnlyPort', '0'),
    // In a file 0 is no value, and means the default.
    'streaming-connection-idle-timeout': { default: '4h0m0s', elsewhere: 'config' },
    'protect-kernel-defaults': kubeletSpec('false', 'protectKernelDefaults', 'false'),
    'make-iptables-util-chains': kubeletSpec('true', 'makeIPTablesUtilChains', 'true'),
    'hostname-override': { default: '', fieldDefault: '' },
    'event-qps': kubeletSpec('5', 'eventRecordQPS', '5'),
    'tls-cert-file': kubeletSpec('', 'tlsCertFile', ''),
    'tls-private-key-file': kubeletSpec('', 'tlsPrivateKeyFile', ''),
    'rotate-certificates': { ...kubeletSpec('false', 'rotateCertificates', 'false'), fieldKubeadm: 'true' },
    'rotate-server-certificates': kubeletSpec('false', 'serverTLSBootstrap', 'false'),
    'tls-cipher-suites': { ...kubeletSpec('', 'tlsCipherSuites', ''), list: true },
    'pod-max-pids': kubeletSpec('-1', 'podPidsLimit', '-1'),
    'feature-gates': { ...kubeletSpec('', 'featureGates', ''), list: true },
  },
  'kube-proxy': {
    'metrics-bind-address': {
      default: '127.0.0.1:10249',
      elsewhere: 'config',
      field: ['metricsBindAddress'],
      fieldDefault: '127.0.0.1:10249',
    },
  },
};

/** A kubelet reads its file first and its flags over it; what is in neither is the file's default where there is a file. */
function kubeletSpec(flagDefault: string, field: string, fieldDefault: string): SettingSpec {
  return { default: flagDefault, field: field.split('.'), fieldDefault, elsewhere: 'config' };
}

/**
 * What a component does about a flag. Undefined where the manifest does not tell: the version has no such flag, a file that is
 * not shown decides, or k8sec does not know the flag.
 */
export function componentSetting(component: Component, flag: string, version: KubernetesVersion): Setting | undefined {
  const spec = specs[component.name][flag];
  if (spec === undefined) return undefined;
  if (component.source === 'file') return fieldSetting(component, spec);
  const used = spec.list === true ? listedIn(component, flag) : [];
  const last = lastFlag(component, flag);
  if (last !== undefined) {
    const value = spec.list === true ? used.map((each) => each.value).join(',') : last.value;
    return { value, place: last.place, written: true, words: `\`--${flag}=${value}\`` };
  }
  if (version.minor > (spec.until ?? Infinity) || version.minor < (spec.since ?? 0)) return undefined;
  if (spec.elsewhere !== undefined && lastFlag(component, spec.elsewhere) !== undefined) return undefined;
  const { place } = component;
  if (component.source === 'kubeadm') {
    // kubeadm gives every kubelet a file, which is not this one.
    if (component.name === 'kubelet') return undefined;
    if (spec.kubeadm !== undefined) {
      return { value: spec.kubeadm, place, written: false, words: `\`--${flag}\` is set by kubeadm` };
    }
  }
  return { value: spec.default, place, written: false, words: defaultWords(`--${flag}`, spec.default) };
}

function fieldSetting(component: Component, spec: SettingSpec): Setting | undefined {
  const { place, filledByKubeadm = false } = component;
  if (spec.field === undefined) return undefined;
  const name = spec.field.join('.');
  const value = fieldValue(component, spec.field);
  if (value !== undefined) {
    const at = { object: place.object, path: [...place.path, ...spec.field] };
    return { value, place: at, written: true, words: `\`${name}: ${value}\`` };
  }
  const { fieldKubeadm, fieldDefault = '' } = spec;
  if (filledByKubeadm && fieldKubeadm !== undefined) {
    return { value: fieldKubeadm, place, written: false, words: `\`${name}\` is set by kubeadm` };
  }
  return { value: fieldDefault, place, written: false, words: defaultWords(name, fieldDefault) };
}

/** A field as a flag would have it; undefined where it is absent, null, or of no such shape. */
function fieldValue({ place: { object, path } }: Component, field: FieldPath): string | undefined {
  const node = nodeAt(object.node, [...path, ...field]);
  switch (node?.type) {
    case 'string':
      return node.value === '' ? undefined : node.value;
    case 'number':
      return node.literal;
    case 'boolean':
      return String(node.value);
    case 'list': {
      const items = itemsAt(object.node, [...path, ...field]);
      return items.map((item) => (item.type === 'string' ? item.value : '')).join(',');
    }
    case 'map':
      return node.entries
        .map(({ key, value }) => `${key}=${value.type === 'boolean' ? String(value.value) : ''}`)
        .join(',');
    default:
      return undefined;
  }
}

function defaultWords(name: string, value: string): string {
  return value === '' ? `\`${name}\` is not set` : `\`${name}\` is not set, and is \`${value}\` by default`;
}
