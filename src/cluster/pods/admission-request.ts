import type { JsonObject } from '../../model/object.ts';
import type { UserInfo } from '../index/cluster.ts';
import type { PodSource } from './pod-source.ts';

/** What admission sees of a request, as far as the engines judge it. Objects are JSON, before defaulting; never changed in place. */
export interface AdmissionRequest {
  readonly operation: 'CREATE' | 'UPDATE';
  readonly user: UserInfo;
  readonly namespace: string;
  /** '' (the core group) where it is left out. */
  readonly group?: string;
  /** The plural name: `pods`. */
  readonly resource: string;
  /** '' for the object itself. */
  readonly subresource: string;
  readonly object: JsonObject;
  /** The stored object, of an update. */
  readonly oldObject?: JsonObject;
  /** The name for messages in place of one of the object's, where that may hold a stand-in (PodSource.realName). */
  readonly realName?: (name: string) => string;
}

/** The request that creates a pod: sent by its creator, judged in its namespace. */
export function admissionRequestOf(source: PodSource): AdmissionRequest {
  return {
    operation: 'CREATE',
    user: source.creator.user.value,
    namespace: source.namespace,
    resource: 'pods',
    subresource: '',
    object: source.pod,
    realName: (name) => source.realName(name),
  };
}
