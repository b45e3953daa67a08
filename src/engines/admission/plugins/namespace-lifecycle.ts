import { storedNamespace } from '../../../cluster/stored/stored-namespace.ts';
import { forbidden } from '../request/forbidden.ts';
import type { AdmissionPlugin } from '../request/plugin.ts';
import { notFound } from '../request/rejections.ts';

/**
 * The plugin NamespaceLifecycle: nothing is created in a namespace that is absent or being deleted. Mirrors
 * admission/plugin/namespace/lifecycle of apiserver, v1.24.
 */
export const namespaceLifecycle: AdmissionPlugin = {
  name: 'NamespaceLifecycle',
  operations: ['CREATE', 'UPDATE'],
  admit: (cluster, attributes) => {
    const { operation, namespace, kind, group, resource } = attributes;
    if (namespace === '' || (group === '' && kind === 'Namespace')) return {};
    // Who asks for a review is not to learn which namespaces there are.
    if (group === 'authorization.k8s.io' && resource === 'localsubjectaccessreviews') return {};
    const found = storedNamespace(cluster, namespace);
    if (found === undefined) return { rejection: notFound('namespaces', namespace) };
    if (operation === 'CREATE' && found.phase === 'Terminating') {
      const detail = `unable to create new content in namespace ${namespace} because it is being terminated`;
      const sentence = 'the namespace is being deleted';
      return {
        rejection: forbidden(attributes, detail, [{ object: found.object, path: ['status', 'phase'], sentence }]),
      };
    }
    if (!found.assumed) return {};
    const assumption = {
      sentence: `namespace \`${namespace}\` is taken to exist`,
      decide: `add the manifest of namespace \`${namespace}\` to the tree`,
    };
    return { assumptions: [assumption] };
  },
};
