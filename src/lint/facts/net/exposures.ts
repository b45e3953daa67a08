import { imagesOf } from './images-of.ts';
import { trafficFacts } from './traffic.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import type { ManifestObject } from '../../../model/object.ts';
import type { NetService } from '../../../engines/net/model/services.ts';
import { enforcingImages, unenforcingImages } from '../../knowledge/network-plugins.ts';
import { sensitivePorts } from '../../knowledge/ports.ts';
import { serviceFacts } from './services.ts';
import { once } from '../../../lang/once.ts';
import type { FactContext } from '../fact-context.ts';
import { networkPods } from '../../../engines/net/model/network-of.ts';

/** A port with which a cluster, a node or its data is had, open to the world outside through a Service. */
export interface Exposure {
  readonly service: NetService;
  readonly pod: PodSource;
  readonly port: number;
  /** What is served there: `etcd`. */
  readonly what: string;
}

/** What is open to the world outside, and who would keep it closed. */
export interface ExposureFacts {
  readonly sensitive: readonly Exposure[];
  /** A network plugin of the tree that enforces no policies, where none is beside it that does. */
  readonly unenforcing: { readonly object: ManifestObject; readonly name: string } | undefined;
}

/** Asks the engine which of these the internet may reach through Services. */
export function exposureFacts(context: FactContext): ExposureFacts {
  const pods = networkPods(context.cluster);
  const services = serviceFacts(context);
  const traffic = trafficFacts(context);
  const sensitive = once(() =>
    services.all.flatMap((service) => {
      if (service.type !== 'NodePort' && (service.type !== 'LoadBalancer' || services.isLimited(service))) return [];
      for (const { pod, protocol, port } of services.targetsOf(service)) {
        const what = sensitivePorts.find((known) => known.port === port)?.name;
        if (what === undefined) continue;
        const to = traffic.podEnd(pod);
        const isOpen = traffic
          .internetEnds()
          .some((from) => traffic.side('ingress', from, to, protocol, port) === 'allow');
        if (isOpen) return [{ service, pod, port, what }];
      }
      return [];
    }),
  );
  const unenforcing = once(() => {
    const daemons = pods.filter(({ owner }) => owner.kind === 'DaemonSet');
    const images = daemons.flatMap((pod) => imagesOf(pod).map((image) => ({ pod, image })));
    if (images.some(({ image }) => enforcingImages.some((pattern) => pattern.test(image)))) return undefined;
    for (const { pod, image } of images) {
      const plugin = unenforcingImages.find((each) => each.image.test(image));
      if (plugin !== undefined) return { object: pod.owner, name: plugin.name };
    }
    return undefined;
  });
  return {
    get sensitive() {
      return sensitive();
    },
    get unenforcing() {
      return unenforcing();
    },
  };
}
