import type { FieldPath } from '../../text/tree.ts';
import { items, record, text } from '../json.ts';
import type { JsonObject } from '../object.ts';

/*
 * ValidatingWebhookConfigurations and MutatingWebhookConfigurations (admissionregistration.k8s.io).
 */

/** A webhook that the API server calls through a Service. */
export interface ServiceWebhook {
  /** Of the reference to the Service. */
  readonly path: FieldPath;
  readonly name: string;
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
  /** Whether requests are refused while it cannot be reached. */
  readonly isRequired: boolean;
}

/** Reads the webhooks of a configuration that name a Service; those with an URL are left out. */
export function readServiceWebhooks(configuration: JsonObject): readonly ServiceWebhook[] {
  return items(configuration.webhooks).flatMap(([index, { name, clientConfig, failurePolicy }]) => {
    const { namespace, name: service, port = 443 } = record(record(clientConfig).service);
    if (typeof namespace !== 'string' || typeof service !== 'string' || typeof port !== 'number') return [];
    const path = ['webhooks', index, 'clientConfig', 'service'];
    return [{ path, name: text(name), namespace, service, port, isRequired: failurePolicy !== 'Ignore' }];
  });
}
