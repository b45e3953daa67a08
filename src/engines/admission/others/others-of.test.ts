import { describe, expect, test } from 'vitest';
import { loadCluster } from '../../../cluster/load/load-cluster.ts';
import { manifestsOf } from '../../../cluster/load/manifest.fixture.ts';
import { podsOf } from '../../../cluster/pods/pods-of.ts';
import type { JsonObject } from '../../../model/object.ts';
import { podAdmission } from '../pod-admission.ts';
import { changerOfPod, othersOfPod } from './others-of.ts';

const namespace: JsonObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels: { inject: 'yes' } },
};
const spec: JsonObject = { containers: [{ name: 'web', image: 'example/web:1' }] };
const pod: JsonObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
  spec,
};
const deployment: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec } },
};

interface Asked {
  readonly workload?: JsonObject;
  readonly declared?: boolean;
}

/** Who decides about the pod: `change?` may be asked, and may change it. */
function others(decider: JsonObject | JsonObject[], { workload = pod, declared = true }: Asked = {}): string[] {
  const all = [...[decider].flat(), ...(declared ? [namespace] : []), workload];
  const cluster = loadCluster(manifestsOf('cluster.yaml', ...all), { settings: { kubernetesVersion: '1.37' } });
  return podsOf(cluster)
    .flatMap((source) => othersOfPod(cluster, source))
    .map(({ decider: { mayChange, mayRefuse }, isCertain }) => {
      const does = [...(mayChange ? ['change'] : []), ...(mayRefuse ? ['refuse'] : [])].join(' ');
      return isCertain ? does : `${does}?`;
    });
}

const rules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }];

function webhook(fields: JsonObject = {}, kind = 'MutatingWebhookConfiguration'): JsonObject {
  const clientConfig = { url: 'https://hooks.example.com/pods' };
  const entry = { name: 'a.example.com', admissionReviewVersions: ['v1'], sideEffects: 'None', clientConfig, rules };
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: { name: 'hook' },
    webhooks: [{ ...entry, ...fields }],
  };
}

describe('a webhook takes a pod', () => {
  test.each<[string, JsonObject, string[]]>([
    ['of its resource', {}, ['change refuse']],
    ['by its rules alone', { rules: [] }, []],
    ['of no other resource', { rules: [{ ...rules[0], resources: ['services'] }] }, []],
    ['in no other operation', { rules: [{ ...rules[0], operations: ['DELETE'] }] }, []],
    ['through no subresource', { rules: [{ ...rules[0], resources: ['pods/exec'] }] }, []],
    ['in namespaces that it selects', { namespaceSelector: { matchLabels: { inject: 'yes' } } }, ['change refuse']],
    ['in no others', { namespaceSelector: { matchLabels: { inject: 'no' } } }, []],
    ['that it selects', { objectSelector: { matchLabels: { app: 'web' } } }, ['change refuse']],
    ['and about no other', { objectSelector: { matchLabels: { app: 'db' } } }, []],
    [
      'that meets its conditions',
      { matchConditions: [{ name: 'a', expression: 'object.metadata.name == "web"' }] },
      ['change refuse'],
    ],
    [
      'and about none that does not',
      { matchConditions: [{ name: 'a', expression: 'object.metadata.name == "db"' }] },
      [],
    ],
    [
      'perhaps, where that depends on who sends it',
      { matchConditions: [{ name: 'a', expression: 'request.userInfo.username == "x"' }] },
      ['change refuse?'],
    ],
  ])('%s', (_, fields, expected) => {
    expect(others(webhook(fields))).toEqual(expected);
  });

  test('one that validates changes nothing', () => {
    expect(others(webhook({}, 'ValidatingWebhookConfiguration'))).toEqual(['refuse']);
  });

  test('labels of a namespace that nobody declares may be any, but for its name', () => {
    const selects = (matchLabels: JsonObject): string[] =>
      others(webhook({ namespaceSelector: { matchLabels } }), { declared: false });
    expect(selects({ inject: 'yes' })).toEqual(['change refuse?']);
    expect(selects({ 'kubernetes.io/metadata.name': 'shop' })).toEqual(['change refuse']);
    expect(selects({ 'kubernetes.io/metadata.name': 'other', inject: 'yes' })).toEqual([]);
  });

  test('and the workload that makes it', () => {
    const ofWorkloads = [{ ...rules[0], apiGroups: ['apps'], resources: ['deployments'] }];
    expect(others(webhook({ rules: ofWorkloads }), { workload: deployment })).toEqual(['change refuse']);
    expect(others(webhook({ rules: ofWorkloads }))).toEqual([]);
    expect(others(webhook(), { workload: deployment })).toEqual(['change refuse']);
  });
});

function kyverno(rule: JsonObject, spec: JsonObject = {}, kind = 'ClusterPolicy'): JsonObject {
  return {
    apiVersion: 'kyverno.io/v1',
    kind,
    metadata: { name: 'p', ...(kind === 'Policy' ? { namespace: 'other' } : {}) },
    spec: { validationFailureAction: 'Enforce', ...spec, rules: [{ name: 'r', ...rule }] },
  };
}

const onPods = { any: [{ resources: { kinds: ['Pod'] } }] };
const validate = { message: 'no', pattern: { spec: { hostNetwork: false } } };

describe('a rule of Kyverno', () => {
  test.each<[string, JsonObject, string[]]>([
    ['that refuses', kyverno({ match: onPods, validate }), ['refuse']],
    ['that only audits', kyverno({ match: onPods, validate }, { validationFailureAction: 'Audit' }), []],
    ['whose own action counts', kyverno({ match: onPods, validate: { ...validate, failureAction: 'Audit' } }), []],
    ['that changes', kyverno({ match: onPods, mutate: { patchStrategicMerge: {} } }), ['change']],
    ['that changes what is there already', kyverno({ match: onPods, mutate: { targets: [] } }), []],
    ['that generates', kyverno({ match: onPods, generate: { kind: 'Secret' } }), []],
    ['that verifies images', kyverno({ match: onPods, verifyImages: [{ imageReferences: ['*'] }] }), ['change refuse']],
    ['about another kind', kyverno({ match: { any: [{ resources: { kinds: ['Service'] } }] }, validate }), []],
    [
      'about a kind with its version',
      kyverno({ match: { any: [{ resources: { kinds: ['v1/Pod'] } }] }, validate }),
      ['refuse'],
    ],
    ['about a subresource', kyverno({ match: { any: [{ resources: { kinds: ['Pod/exec'] } }] }, validate }), []],
    ['about everything', kyverno({ match: { any: [{ resources: { kinds: ['*/*'] } }] }, validate }), ['refuse']],
    ['of the older form', kyverno({ match: { resources: { kinds: ['Pod'] } }, validate }), ['refuse']],
    [
      'for other namespaces',
      kyverno({ match: { any: [{ resources: { kinds: ['Pod'], namespaces: ['a*'] } }] }, validate }),
      [],
    ],
    [
      'that leaves it out',
      kyverno({ match: onPods, exclude: { any: [{ resources: { namespaces: ['shop'] } }] }, validate }),
      [],
    ],
    [
      'for some users',
      kyverno({
        match: { all: [{ resources: { kinds: ['Pod'] } }, { subjects: [{ kind: 'User', name: 'x' }] }] },
        validate,
      }),
      ['refuse?'],
    ],
    ['with preconditions', kyverno({ match: onPods, preconditions: { all: [] }, validate }), ['refuse?']],
    ['of a policy of another namespace', kyverno({ match: onPods, validate }, {}, 'Policy'), []],
    ['that is not for admission', kyverno({ match: onPods, validate }, { admission: false }), []],
  ])('%s', (_, policy, expected) => {
    expect(others(policy)).toEqual(expected);
  });
});

const constraint = (match: JsonObject, spec: JsonObject = {}): JsonObject => ({
  apiVersion: 'constraints.gatekeeper.sh/v1beta1',
  kind: 'K8sRequiredLabels',
  metadata: { name: 'c' },
  spec: { match, ...spec },
});
const podKinds = { kinds: [{ apiGroups: [''], kinds: ['Pod'] }] };

describe('another engine', () => {
  test.each<[string, JsonObject | JsonObject[], string[]]>([
    ['a constraint of Gatekeeper', constraint(podKinds), ['refuse']],
    ['without kinds', constraint({}), ['refuse']],
    ['that only warns', constraint(podKinds, { enforcementAction: 'warn' }), []],
    ['about other kinds', constraint({ kinds: [{ apiGroups: ['apps'], kinds: ['*'] }] }), []],
    ['for other namespaces', constraint({ ...podKinds, namespaces: ['a-*'] }), []],
    ['but for this namespace', constraint({ ...podKinds, excludedNamespaces: ['sh*'] }), []],
    ['for other labels', constraint({ ...podKinds, labelSelector: { matchLabels: { app: 'db' } } }), []],
    [
      'where its Config lets the namespace pass',
      [
        constraint(podKinds),
        {
          apiVersion: 'config.gatekeeper.sh/v1alpha1',
          kind: 'Config',
          metadata: { name: 'config', namespace: 'gatekeeper-system' },
          spec: { match: [{ excludedNamespaces: ['shop'], processes: ['*'] }] },
        },
      ],
      [],
    ],
    [
      'a mutator of Gatekeeper',
      {
        apiVersion: 'mutations.gatekeeper.sh/v1',
        kind: 'Assign',
        metadata: { name: 'm' },
        spec: {
          applyTo: [{ groups: [''], versions: ['v1'], kinds: ['Pod'] }],
          match: {},
          location: 'spec.hostNetwork',
        },
      },
      ['change'],
    ],
    [
      'a policy of Kubewarden',
      {
        apiVersion: 'policies.kubewarden.io/v1',
        kind: 'ClusterAdmissionPolicy',
        metadata: { name: 'k' },
        spec: { module: 'registry://example.com/p:1', mutating: true, rules },
      },
      ['change refuse'],
    ],
    [
      'that only monitors',
      {
        apiVersion: 'policies.kubewarden.io/v1',
        kind: 'ClusterAdmissionPolicy',
        metadata: { name: 'k' },
        spec: { mode: 'monitor', rules },
      },
      [],
    ],
    [
      'a policy of Kyverno in CEL',
      {
        apiVersion: 'policies.kyverno.io/v1alpha1',
        kind: 'ValidatingPolicy',
        metadata: { name: 'v' },
        spec: { matchConstraints: { resourceRules: rules }, validations: [{ expression: 'true' }] },
      },
      ['refuse'],
    ],
  ])('%s', (_, decider, expected) => {
    expect(others(decider)).toEqual(expected);
  });

  test('a MutatingAdmissionPolicy counts with a binding', () => {
    const policy = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingAdmissionPolicy',
      metadata: { name: 'm' },
      spec: {
        reinvocationPolicy: 'Never',
        matchConstraints: { resourceRules: rules },
        mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression: 'Object{}' } }],
      },
    };
    const binding = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingAdmissionPolicyBinding',
      metadata: { name: 'b' },
      spec: { policyName: 'm' },
    };
    expect(others(policy)).toEqual([]);
    expect(others([policy, binding])).toEqual(['change refuse']);
  });
});

test('what the configuration says that a webhook adds is judged, and is no change anymore', () => {
  const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
  const level = { ...namespace, metadata: { name: 'shop', labels } };
  const judge = (mutatedBy: Record<string, JsonObject> | undefined): (string | undefined)[] => {
    const settings = { kubernetesVersion: '1.37', ...(mutatedBy === undefined ? {} : { assume: { mutatedBy } }) };
    const cluster = loadCluster(manifestsOf('cluster.yaml', webhook(), level, pod), { settings });
    return podsOf(cluster).flatMap((source) => [
      podAdmission(cluster, source).deniedBy,
      changerOfPod(cluster, source)?.name,
    ]);
  };
  expect(judge(undefined)).toEqual(['', 'a.example.com']);
  expect(judge({ 'a.example.com': {} })).toEqual(['', undefined]);
  const sidecar = { name: 'proxy', image: 'example/proxy:1', securityContext: { privileged: true } };
  expect(judge({ 'a.example.com': { spec: { containers: [sidecar] } } })).toEqual(['PodSecurity', undefined]);
  expect(judge({ 'b.example.com': { spec: { hostNetwork: true } } })).toEqual(['', 'a.example.com']);
});
