import { isObject, list, record } from '../../../model/json.ts';
import type { ObjectMeta } from '../../../model/kinds/metadata.ts';
import type { ObjectKind } from './object-kind.ts';

/** Since this minor the server labels namespaces with their name (NamespaceDefaultLabelName). */
const FIRST_NAME_LABEL = 21;
const NAME_LABEL = 'kubernetes.io/metadata.name';

/** v1 Namespace. Mirrors SetDefaults_Namespace of pkg/apis/core/v1 and pkg/registry/core/namespace, v1.24. */
export const namespaceKind: ObjectKind = {
  group: '',
  kind: 'Namespace',
  complete: (object, { minor }) => {
    const metadata: ObjectMeta = isObject(object.metadata) ? object.metadata : {};
    const { name, labels } = metadata;
    if (minor < FIRST_NAME_LABEL || name === undefined) return;
    object.metadata = { ...(metadata as object), labels: { ...labels, [NAME_LABEL]: name } };
  },
  forCreate: (object) => {
    const written = list(record(object.spec).finalizers);
    const finalizers = [...written, ...(written.includes('kubernetes') ? [] : ['kubernetes'])];
    return { ...object, spec: { finalizers }, status: { phase: 'Active' } };
  },
  forUpdate: (object, old, subresource) => {
    const { spec = {}, status = {} } = old;
    if (subresource === 'status') return { ...object, spec };
    return subresource === '' ? { ...object, spec, status } : object;
  },
};
