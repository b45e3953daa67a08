import { imagePullPolicy } from '../../lang/image-reference.ts';
import { formatQuantity, isPlainQuantity, parseQuantity, roundUpToMilli } from '../../lang/quantity.ts';
import type { Container, EphemeralContainer, HTTPGetAction, Probe } from '../../model/kinds/container.ts';
import type { Mutable } from './server-pod.ts';

type MutableContainer = Mutable<Container> | Mutable<EphemeralContainer>;

/** Fills in what a container leaves out. Mirrors SetDefaults_Container and its parts' in pkg/apis/core/v1/defaults.go, v1.24. */
export function defaultContainer(container: MutableContainer): void {
  container.imagePullPolicy ??= imagePullPolicy(container.image ?? '');
  container.terminationMessagePath ??= '/dev/termination-log';
  container.terminationMessagePolicy ??= 'File';
  for (const port of container.ports ?? []) port.protocol ??= 'TCP';
  for (const variable of container.env ?? []) {
    if (variable.valueFrom?.fieldRef !== undefined) variable.valueFrom.fieldRef.apiVersion ??= 'v1';
  }
  roundUpResources(container.resources?.limits);
  roundUpResources(container.resources?.requests);
  defaultProbe(container.livenessProbe);
  defaultProbe(container.readinessProbe);
  defaultProbe(container.startupProbe);
  defaultHttpGet(container.lifecycle?.postStart?.httpGet);
  defaultHttpGet(container.lifecycle?.preStop?.httpGet);
}

/** Rounds the quantities of a resource list up to thousandths. Mirrors SetDefaults_ResourceList. */
export function roundUpResources(resources: Record<string, string> | undefined): void {
  if (resources === undefined) return;
  for (const [name, written] of Object.entries(resources)) {
    if (isPlainQuantity(written)) continue;
    const quantity = parseQuantity(written);
    if (quantity !== undefined) resources[name] = formatQuantity(roundUpToMilli(quantity));
  }
}

/** Requests that are not given are the limits; in pods only, not in pod templates. Mirrors SetDefaults_Pod. */
export function requestsFromLimits(container: Mutable<Container>): void {
  const { resources } = container;
  if (resources?.limits === undefined) return;
  const requests = (resources.requests ??= {});
  for (const [name, limit] of Object.entries(resources.limits)) {
    if (!Object.hasOwn(requests, name)) requests[name] = limit;
  }
}

/** On the host's network every container port is a host port. Mirrors defaultHostNetworkPorts. */
export function defaultHostPorts(containers: readonly Mutable<Container>[]): void {
  for (const container of containers) {
    for (const port of container.ports ?? []) {
      if (port.hostPort === undefined && port.containerPort !== undefined) port.hostPort = port.containerPort;
    }
  }
}

function defaultProbe(probe: Mutable<Probe> | undefined): void {
  if (probe === undefined) return;
  probe.timeoutSeconds ??= 1;
  probe.periodSeconds ??= 10;
  probe.successThreshold ??= 1;
  probe.failureThreshold ??= 3;
  defaultHttpGet(probe.httpGet);
  if (probe.grpc !== undefined) probe.grpc.service ??= '';
}

function defaultHttpGet(action: Mutable<HTTPGetAction> | undefined): void {
  if (action === undefined) return;
  action.path ??= '/';
  action.scheme ??= 'HTTP';
}
