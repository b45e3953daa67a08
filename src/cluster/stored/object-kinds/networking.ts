import { isObject, list, record } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import type { ObjectKind } from './object-kind.ts';
import { each, fill, inside, ownStatus } from './strategy.ts';

/*
 * Kinds of the network. Mirrors the defaults of pkg/apis/{networking,core,discovery}/v1 and their strategies, v1.24 and v1.37.
 */

/** The status of network policies was there for a while. */
const networkPolicyKind: ObjectKind = {
  group: 'networking.k8s.io',
  kind: 'NetworkPolicy',
  generation: 0,
  complete: (object) => {
    const spec = inside(object, 'spec');
    if (spec === undefined) return;
    for (const rule of [...each(spec.ingress), ...each(spec.egress)])
      for (const port of each(rule.ports)) fill(port, { protocol: 'TCP' });
    if (list(spec.policyTypes).length === 0)
      spec.policyTypes = list(spec.egress).length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
  },
  ...ownStatus({}),
};

const ingressKind: ObjectKind = {
  group: 'networking.k8s.io',
  kind: 'Ingress',
  generation: 0,
  ...ownStatus({ loadBalancer: {} }),
};

const ingressClassKind: ObjectKind = {
  group: 'networking.k8s.io',
  kind: 'IngressClass',
  generation: 0,
  complete: (object) => {
    fill(inside(object, 'spec', 'parameters'), { scope: 'Cluster' });
  },
};

const endpointSliceKind: ObjectKind = {
  group: 'discovery.k8s.io',
  kind: 'EndpointSlice',
  generation: 0,
  complete: (object) => {
    for (const port of each(object.ports)) fill(port, { name: '', protocol: 'TCP' });
  },
};

const endpointsKind: ObjectKind = {
  group: '',
  kind: 'Endpoints',
  complete: (object) => {
    for (const subset of each(object.subsets)) for (const port of each(subset.ports)) fill(port, { protocol: 'TCP' });
  },
};

const RBAC = 'rbac.authorization.k8s.io';

function binding(kind: string): ObjectKind {
  return {
    group: RBAC,
    kind,
    complete: (object) => {
      const ref = inside(object, 'roleRef');
      if (ref !== undefined && (ref.apiGroup ?? '') === '') ref.apiGroup = RBAC;
      for (const subject of each(object.subjects)) {
        if ((subject.apiGroup ?? '') !== '') continue;
        if (subject.kind === 'User' || subject.kind === 'Group') subject.apiGroup = RBAC;
      }
    },
  };
}

const apiServiceKind: ObjectKind = {
  group: 'apiregistration.k8s.io',
  kind: 'APIService',
  complete: (object) => {
    fill(inside(object, 'spec', 'service'), { port: 443 });
  },
  ...ownStatus({}),
};

function webhooks(kind: string): ObjectKind {
  return {
    group: 'admissionregistration.k8s.io',
    kind,
    generation: 0,
    complete: (object) => {
      for (const hook of each(object.webhooks)) {
        fill(hook, { failurePolicy: 'Fail', matchPolicy: 'Equivalent', timeoutSeconds: 10 });
        fill(hook, { namespaceSelector: {}, objectSelector: {} });
        if (kind.startsWith('Mutating')) fill(hook, { reinvocationPolicy: 'Never' });
        fill(inside(hook, 'clientConfig', 'service'), { port: 443 });
        for (const rule of each(hook.rules)) fill(rule, { scope: '*' });
      }
    },
  };
}

function completeMatches(resources: JsonObject | undefined): void {
  fill(resources, { matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {} });
  for (const name of ['resourceRules', 'excludeResourceRules'])
    for (const rule of each(record(resources)[name])) fill(rule, { scope: '*' });
}

const admissionPolicyKind: ObjectKind = {
  group: 'admissionregistration.k8s.io',
  kind: 'ValidatingAdmissionPolicy',
  generation: 0,
  complete: (object) => {
    fill(inside(object, 'spec'), { failurePolicy: 'Fail' });
    completeMatches(inside(object, 'spec', 'matchConstraints'));
  },
  ...ownStatus({}),
};

const policyBindingKind: ObjectKind = {
  group: 'admissionregistration.k8s.io',
  kind: 'ValidatingAdmissionPolicyBinding',
  generation: 0,
  complete: (object) => {
    completeMatches(inside(object, 'spec', 'matchResources'));
  },
};

/** The gate of rules in CEL is open since. */
const FIRST_RULES = 25;

function dropRules(value: Json | undefined): void {
  if (Array.isArray(value)) for (const one of value) dropRules(one);
  if (!isObject(value)) return;
  Reflect.deleteProperty(value, 'x-kubernetes-validations');
  for (const one of Object.values(value)) dropRules(one);
}

const definitionKind: ObjectKind = {
  group: 'apiextensions.k8s.io',
  kind: 'CustomResourceDefinition',
  generation: 0,
  complete: (object) => {
    const names = inside(object, 'spec', 'names') ?? {};
    const kind = typeof names.kind === 'string' ? names.kind : '';
    if (kind !== '') fill(names, { singular: kind.toLowerCase(), listKind: `${kind}List` });
    fill(inside(object, 'spec'), { conversion: { strategy: 'None' } });
    fill(inside(object, 'spec', 'conversion', 'webhook', 'clientConfig', 'service'), { port: 443 });
  },
  forCreate: (object, { minor }) => {
    if (minor < FIRST_RULES) dropRules(object.spec);
    const stored = each(record(object.spec).versions).filter((version) => version.storage === true);
    return { ...object, status: { storedVersions: stored.slice(0, 1).map((version) => version.name ?? '') } };
  },
  forUpdate: (object, old, _subresource, { minor }) => {
    if (minor < FIRST_RULES) dropRules(object.spec);
    const status = record(old.status);
    const known = list(status.storedVersions);
    const stored = each(record(object.spec).versions).find((version) => version.storage === true)?.name;
    const storedVersions = stored === undefined || known.includes(stored) ? known : [...known, stored];
    return { ...object, status: { ...status, storedVersions: [...storedVersions] } };
  },
};

export const NETWORKING: readonly ObjectKind[] = [
  networkPolicyKind,
  ingressKind,
  ingressClassKind,
  endpointSliceKind,
  endpointsKind,
  binding('RoleBinding'),
  binding('ClusterRoleBinding'),
  apiServiceKind,
  webhooks('ValidatingWebhookConfiguration'),
  webhooks('MutatingWebhookConfiguration'),
  admissionPolicyKind,
  policyBindingKind,
  definitionKind,
];
