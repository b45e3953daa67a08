import { type HostObject, isFields } from './policy-request.ts';

/** A HorizontalPodAutoscaler between autoscaling/v1 and v2, as far as both can say it; what v1 keeps in annotations is left there. Mirrors pkg/apis/autoscaling/v1/conversion.go. */
export function convertAutoscaler(object: HostObject, version: string): HostObject {
  const spec = isFields(object.spec) ? object.spec : {};
  const status = isFields(object.status) ? object.status : {};
  return {
    ...object,
    apiVersion: `autoscaling/${version}`,
    spec: version === 'v1' ? specOfV1(spec) : specOfV2(spec),
    status: version === 'v1' ? statusOfV1(status) : statusOfV2(status),
  };
}

function specOfV1(spec: HostObject): HostObject {
  const { metrics } = spec;
  const utilization = (Array.isArray(metrics) ? metrics : []).map(cpuUtilization).find((each) => each !== undefined);
  return {
    ...without(spec, ['metrics', 'behavior']),
    ...(utilization !== undefined && { targetCPUUtilizationPercentage: utilization }),
  };
}

function cpuUtilization(metric: HostObject): HostObject[string] {
  const resource = isFields(metric.resource) ? metric.resource : {};
  const target = isFields(resource.target) ? resource.target : {};
  return metric.type === 'Resource' && resource.name === 'cpu' ? target.averageUtilization : undefined;
}

function specOfV2({ targetCPUUtilizationPercentage, ...spec }: HostObject): HostObject {
  if (targetCPUUtilizationPercentage === undefined) return spec;
  const target = { type: 'Utilization', averageUtilization: targetCPUUtilizationPercentage };
  return { ...spec, metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] };
}

function statusOfV1(status: HostObject): HostObject {
  return { currentReplicas: 0n, ...without(status, ['currentMetrics', 'conditions']) };
}

function statusOfV2(status: HostObject): HostObject {
  const { currentReplicas } = status;
  const hasReplicas = currentReplicas !== undefined && currentReplicas !== 0n && currentReplicas !== 0;
  const kept = without(status, ['currentReplicas', 'currentCPUUtilizationPercentage']);
  return { ...kept, ...(hasReplicas && { currentReplicas }), currentMetrics: null };
}

function without(object: HostObject, fields: readonly string[]): HostObject {
  return Object.fromEntries(Object.entries(object).filter(([field]) => !fields.includes(field)));
}
