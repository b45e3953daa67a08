/*
 * Stand-ins for what the control plane makes up. They have the length and alphabet of the real thing, `x` only, so that output does not
 * change between runs; the conformance oracle replaces generated suffixes in the same way.
 */

/**
 * A hash of a pod template: the names of ReplicaSets and the labels `pod-template-hash`, `controller-revision-hash` hold one. In messages the
 * first gives way to the real one where it can be told (PodSource.realName).
 */
export const unknownHash = 'xxxxxxxxxx';
/** What a CronJob puts after its name: the scheduled minute. */
export const scheduledTime = 'xxxxxxxx';
/** The uid of an object that has none yet. */
export const objectUid = '00000000-0000-0000-0000-000000000000';
/** The node that a static pod runs on. */
export const nodeName = 'xxxxx';

const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/**
 * The `generateName` a controller gives its pods: its object's name and a dash, or the bare name where that makes no good prefix.
 * Mirrors pkg/controller/controller_utils.go getPodsPrefix, v1.24.
 */
export function podPrefix(ownerName: string): string {
  const prefix = `${ownerName}-`;
  const masked = prefix.length > 1 ? `${prefix.slice(0, -2)}a` : prefix;
  return masked.length <= 253 && subdomain.test(masked) ? prefix : ownerName;
}
