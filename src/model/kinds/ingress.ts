import type { FieldPath } from '../../text/tree.ts';
import { items, list, record, text, textFields } from '../json.ts';
import type { JsonObject } from '../object.ts';

/*
 * Ingresses: networking.k8s.io/v1, and v1beta1 of networking.k8s.io and extensions, whose backends name a Service in another way.
 */

/** What an Ingress says, with a path for each value that a finding may point at. */
export interface IngressView {
  /** One for each rule; '' where a rule names none. */
  readonly hosts: readonly { readonly host: string; readonly path: FieldPath }[];
  /** The hosts that its certificates are for, '' for all; absent where it has no certificate. */
  readonly tls?: readonly string[];
  readonly annotations: readonly (readonly [string, string])[];
  /** The class by its field, or else by the annotation that came before the field; '' for none. */
  readonly className: string;
  readonly backends: readonly IngressBackend[];
}

/** A Service that an Ingress sends requests to. */
export interface IngressBackend {
  readonly path: FieldPath;
  readonly namePath: FieldPath;
  readonly portPath: FieldPath;
  readonly service: string;
  /** By number or name; absent where it is not given. */
  readonly port?: number | string;
}

/** Reads an Ingress as it is written. */
export function readIngress(ingress: JsonObject): IngressView {
  const spec = record(ingress.spec);
  const annotations = textFields(record(ingress.metadata).annotations);
  const covered = items(spec.tls).flatMap(([, { hosts }]) => {
    const named = list(hosts).map(String);
    return named.length > 0 ? named : [''];
  });
  return {
    hosts: items(spec.rules).map(([index, { host }]) => ({ host: text(host), path: ['spec', 'rules', index, 'host'] })),
    ...(covered.length === 0 ? {} : { tls: covered }),
    annotations,
    className:
      typeof spec.ingressClassName === 'string'
        ? spec.ingressClassName
        : (annotations.find(([key]) => key === 'kubernetes.io/ingress.class')?.[1] ?? ''),
    backends: [
      ...readBackend(record(spec.backend), ['spec', 'backend']),
      ...readBackend(record(spec.defaultBackend), ['spec', 'defaultBackend']),
      ...items(spec.rules).flatMap(([rule, { http }]) =>
        items(record(http).paths).flatMap(([at, { backend }]) =>
          readBackend(record(backend), ['spec', 'rules', rule, 'http', 'paths', at, 'backend']),
        ),
      ),
    ],
  };
}

function readBackend(backend: JsonObject, path: FieldPath): readonly IngressBackend[] {
  const service = record(backend.service);
  const isOld = typeof backend.serviceName === 'string';
  const name = text(isOld ? backend.serviceName : service.name);
  if (name === '') return [];
  const port = isOld ? backend.servicePort : (record(service.port).number ?? record(service.port).name);
  return [
    {
      path,
      namePath: [...path, ...(isOld ? ['serviceName'] : ['service', 'name'])],
      portPath: [...path, ...(isOld ? ['servicePort'] : ['service', 'port'])],
      service: name,
      ...(typeof port === 'number' || typeof port === 'string' ? { port: numeric(port) } : {}),
    },
  ];
}

/** The old form takes a number as text too. */
function numeric(port: number | string): number | string {
  return typeof port === 'string' && /^\d+$/.test(port) ? Number(port) : port;
}
