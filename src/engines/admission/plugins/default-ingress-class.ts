import { metadataOf } from '../../../cluster/stored/object-metadata.ts';
import { storedObjects } from '../../../cluster/stored/stored-objects.ts';
import { isObject } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { defaultClasses, defaultReasons } from './default-classes.ts';
import { forbidden } from '../request/forbidden.ts';
import type { AdmissionPlugin } from '../request/plugin.ts';

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
const DEFAULT_ANNOTATION = 'ingressclass.kubernetes.io/is-default-class';
/** From this minor on the youngest of several default classes is taken; before, Ingresses without a class were refused then. */
const FIRST_YOUNGEST = 25;

/**
 * The plugin DefaultIngressClass: a new Ingress that names no class gets the default one. Mirrors
 * plugin/pkg/admission/network/defaultingressclass, v1.24 and v1.25.
 */
export const defaultIngressClass: AdmissionPlugin = {
  name: 'DefaultIngressClass',
  operations: ['CREATE'],
  admit: (cluster, attributes) => {
    const { group, resource, subresource, object } = attributes;
    if (group !== 'networking.k8s.io' || resource !== 'ingresses' || subresource !== '') return {};
    const spec: JsonObject = isObject(object.spec) ? object.spec : {};
    const { annotations } = metadataOf(object);
    if (spec.ingressClassName !== undefined) return {};
    if (isObject(annotations) && Object.hasOwn(annotations, CLASS_ANNOTATION)) return {};
    const classes = defaultClasses(storedObjects(cluster, 'networking.k8s.io', 'IngressClass'), [DEFAULT_ANNOTATION]);
    if (classes.length > 1 && cluster.version.value.minor < FIRST_YOUNGEST) {
      const detail = `Internal error occurred: ${classes.length} default IngressClasses were found, only 1 allowed`;
      return { rejection: forbidden(attributes, detail, defaultReasons(classes)) };
    }
    const [chosen] = classes;
    return chosen === undefined ? {} : { object: { ...object, spec: { ...spec, ingressClassName: chosen.name } } };
  },
};
