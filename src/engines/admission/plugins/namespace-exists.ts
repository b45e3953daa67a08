import { storedNamespace } from '../../../cluster/stored/stored-namespace.ts';
import type { AdmissionPlugin } from '../request/plugin.ts';
import { notFound } from '../request/rejections.ts';

/** The plugin NamespaceExists: nothing is written into a namespace that is absent. Mirrors plugin/pkg/admission/namespace/exists, v1.24. */
export const namespaceExists: AdmissionPlugin = {
  name: 'NamespaceExists',
  operations: ['CREATE', 'UPDATE'],
  validate: (cluster, { namespace, kind, group }) => {
    if (namespace === '' || (group === '' && kind === 'Namespace')) return {};
    return storedNamespace(cluster, namespace) === undefined ? { rejection: notFound('namespaces', namespace) } : {};
  },
};
