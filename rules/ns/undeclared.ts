import { defineCheckRule } from '../../src/lint/rule.ts';

/** Objects in namespaces that no manifest declares: NamespaceLifecycle answers `namespaces "x" not found`. Mirrors apiserver pkg/admission/plugin/namespace/lifecycle, v1.24. */
export const rule = defineCheckRule({
  id: 'ns/undeclared',
  summary: 'Objects are in namespaces that exist',
  severity: 'warning',
  precision: 'assumes',
  stage: 'stable',
  since: '0.1.0',
  tags: ['namespace', 'seed:002'],
  scope: 'tree',
  needs: ['namespaces'],
  messages: {
    misspelt: 'no manifest declares the namespace `{namespace}`: is `{near}` meant?',
    elsewhere: 'no manifest declares the namespace `{namespace}`, while others are declared; objects in it: {count}',
  },
  check(_cluster, { facts, report }) {
    const { namespaces } = facts;
    for (const { name, declared, objects } of namespaces.used) {
      const [first] = objects.filter(({ namespace }) => namespace === name);
      if (declared !== undefined || first === undefined || namespaces.isBuiltIn(name)) continue;
      const place = { object: first, path: ['metadata', 'namespace'] };
      const hint = `add a manifest of Namespace \`${name}\``;
      const near = namespaces.meant(name);
      if (near !== undefined)
        report(place, 'misspelt', { namespace: name, near }, { hint: `write \`${near}\`, or ${hint}` });
      else if (namespaces.declared.length > 0) {
        report(place, 'elsewhere', { namespace: name, count: objects.length }, { hint, atMost: 'info' });
      }
    }
  },
});
