import { namespaceOf, objectsOfKind } from '../../../cluster/index/object-index.ts';
import { type Backend, backendsOf } from '../../../engines/net/model/backends.ts';
import { groupBy } from '../../../lang/group-by.ts';
import { isOneEditAway } from '../../../lang/one-edit-away.ts';
import { asWritten } from '../../../model/as-written.ts';
import { type IngressView, readIngress } from '../../../model/kinds/ingress.ts';
import type { ManifestObject } from '../../../model/object.ts';
import { givesTls } from '../../knowledge/ingress-annotations.ts';
import { mayMakePods } from '../../knowledge/passive-kinds.ts';
import type { FactContext } from '../fact-context.ts';
import { once } from '../../../lang/once.ts';
import { serviceFacts } from './services.ts';

/** An Ingress, as it is written. */
export interface WrittenIngress extends IngressView {
  readonly object: ManifestObject;
  /** Whether an annotation gives the load balancer its certificate. */
  readonly hasCertificate: boolean;
}

/** Where requests from outside are sent to. */
export interface BackendFacts {
  /** The Ingresses of linted manifests. */
  readonly ingresses: readonly WrittenIngress[];
  /** The Services that those name. */
  readonly ofIngresses: readonly Backend[];
  /** Those that one Ingress or route names. */
  of(object: ManifestObject): readonly Backend[];
  /** Whether a custom resource whose name the Service's begins with may lead to it: an operator makes both. */
  mayBeMade(reference: Backend): boolean;
  /** The Service that a reference without one probably means. */
  misspelt(reference: Backend): string | undefined;
}

/** Answers from the Ingresses of a cluster and its routes of the Gateway API. */
export function backendFacts(context: FactContext): BackendFacts {
  const { cluster } = context;
  const services = serviceFacts(context);
  const linted = (object: ManifestObject): boolean => !cluster.context.has(object);
  const backends = once(() => backendsOf(cluster).filter(({ object }) => linted(object)));
  const makers = once(() => cluster.objects.filter((object) => object.name !== '' && mayMakePods(object)));
  const byObject = once(() => groupBy(backends(), ({ object }) => object));
  const ingresses = once(() =>
    objectsOfKind(cluster, 'networking.k8s.io', 'Ingress').filter(linted).map(writtenIngress),
  );
  return {
    get ingresses() {
      return ingresses();
    },
    get ofIngresses() {
      return backends().filter(({ kind }) => kind === 'Ingress');
    },
    of: (object) => byObject().get(object) ?? [],
    mayBeMade: ({ namespace, service }) =>
      makers().some(
        (maker) =>
          namespaceOf(cluster, maker) === namespace && (service === maker.name || service.startsWith(`${maker.name}-`)),
      ),
    misspelt: ({ namespace, service }) =>
      services.all.find((each) => each.namespace === namespace && isOneEditAway(each.name, service))?.name,
  };
}

function writtenIngress(object: ManifestObject): WrittenIngress {
  const view = readIngress(asWritten(object));
  return { ...view, object, hasCertificate: view.annotations.some(givesTls) };
}
