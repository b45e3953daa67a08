import { defineRule } from '../../src/lint/rule.ts';

/** Objects in namespaces that no manifest declares: NamespaceLifecycle answers `namespaces "x" not found`. Mirrors apiserver pkg/admission/plugin/namespace/lifecycle, v1.24. */
export const rule = defineRule({
  id: 'ns/undeclared',
  summary: 'Objects are in namespaces that exist',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['namespace', 'seed:002'],
  restsOn: [],
  scope: 'namespace',
  needs: ['namespaces'],
  messages: {
    misspelt: 'no manifest declares namespace `{namespace}`; did you mean `{near}`?',
    // These manifests declare where their pods run, but for this one.
    forgotten:
      'no manifest declares namespace `{namespace}`, in which pods run, although {others} other namespaces of pods are declared',
    elsewhere: {
      level: 'info',
      text: 'no manifest declares namespace `{namespace}`, although others are declared (objects in it: {count})',
    },
  },
  *find({ name }, { facts: { namespaces } }) {
    const { declared, objects } = namespaces.use(name) ?? { declared: undefined, objects: [] };
    const [first] = objects.filter(({ namespace }) => namespace === name);
    if (declared !== undefined || first === undefined || namespaces.isBuiltIn(name)) return;
    const at = { object: first, path: ['metadata', 'namespace'] };
    const near = namespaces.meant(name);
    const others = namespaces.running(true).length;
    const isForgotten = others > 1 && others > namespaces.running(false).length;
    if (near !== undefined) yield { is: 'misspelt', at, namespace: name, near };
    else if (isForgotten && namespaces.running(false).includes(name)) {
      yield { is: 'forgotten', at, restsOn: ['placement'] as const, namespace: name, others };
    } else if (namespaces.declared.length > 0) yield { is: 'elsewhere', at, namespace: name, count: objects.length };
  },
  say: {
    misspelt: ({ namespace, near }) => ({
      namespace,
      near,
      hint: `set \`${near}\`, or add a manifest for Namespace \`${namespace}\``,
    }),
    forgotten: ({ namespace, others }) => ({
      namespace,
      others,
      hint: `add a manifest for Namespace \`${namespace}\``,
    }),
    elsewhere: ({ namespace, count }) => ({
      namespace,
      count,
      hint: `add a manifest for Namespace \`${namespace}\``,
    }),
  },
});
