import type { JsonObject } from '../../../model/object.ts';
import type { PodServer } from '../../index/feature-gates.ts';
import { dropClosedFields } from '../../pods/template-hash/closed-fields.ts';
import { settleProcMount } from '../../pods/template-hash/stored-template.ts';
import type { ObjectKind } from './object-kind.ts';
import { each, inside, keepStatus } from './strategy.ts';

/*
 * Workloads. Mirrors the defaults of pkg/apis/{apps,batch,core}/v1 and the strategies of pkg/registry/{apps,batch,core}, v1.24 and v1.37.
 */

export const GENERATION = 0;

export function template(object: JsonObject, ...path: readonly string[]): JsonObject {
  return inside(object, ...path) ?? {};
}

/** What of a template is dropped before it is stored. */
export function dropFrom(written: JsonObject, server: PodServer): void {
  const spec = inside(written, 'spec');
  if (spec === undefined) return;
  dropClosedFields(spec, server.minor);
  settleProcMount([...each(spec.initContainers), ...each(spec.containers)], server);
}

export function templated(
  path: readonly string[],
  status: JsonObject,
): Required<Pick<ObjectKind, 'forCreate' | 'forUpdate'>> {
  return {
    forCreate: (object, server) => {
      dropFrom(template(object, ...path), server);
      return { ...object, status };
    },
    forUpdate: (object, old, subresource, server) => {
      dropFrom(template(object, ...path), server);
      return keepStatus(object, old, subresource);
    },
  };
}

export const IN_SPEC = ['spec', 'template'];
