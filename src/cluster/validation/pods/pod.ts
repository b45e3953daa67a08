import { list, record, text } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { type Check, forbidden, type ObjectError } from '../check/check.ts';
import { checkAnnotations, checkMetadata, metadataIn } from '../check/metadata.ts';
import { field, item, type Place } from '../check/place.ts';
import { atLeast, isEmpty, present, type Rule } from '../check/rules.ts';
import { labels } from '../check/values.ts';
import { dnsSubdomainErrors } from '../name-formats.ts';
import { checkImage } from './containers.ts';
import { checkPodAnnotations, checkProfilesAgree } from './pod-annotations.ts';
import { checkPodSpec } from './pod-spec.ts';

const METADATA = field(undefined, 'metadata');
const SPEC = field(undefined, 'spec');
const RULES = { namespaced: true, name: dnsSubdomainErrors, finalizers: true };
const FIRST_GRACE = 28;

/** Metadata and spec of a pod, new or changed. Mirrors validatePodMetadataAndSpec. */
export function checkPodMetadataAndSpec(check: Check, pod: JsonObject): void {
  const metadata = metadataIn(pod);
  const spec = record(pod.spec);
  checkMetadata(check, metadata, RULES);
  checkPodAnnotations(check, metadata.annotations, spec, field(METADATA, 'annotations'));
  checkPodSpec(check, spec, { isPod: true, podName: text(metadata.name) }, SPEC);
  if (text(spec.serviceAccountName) === '') checkTokens(check, spec);
  if (check.minor >= FIRST_GRACE)
    present(atLeast(0))(check, spec.terminationGracePeriodSeconds, field(SPEC, 'terminationGracePeriodSeconds'));
  for (const name of ['containers', 'initContainers'])
    for (const [index, one] of list(spec[name]).entries())
      checkImage(check, record(one), item(field(SPEC, name), index));
}

function checkTokens(check: Check, spec: JsonObject): void {
  for (const [index, volume] of list(spec.volumes).entries()) {
    for (const [number, source] of list(record(record(volume).projected).sources).entries()) {
      const place = item(field(field(item(field(SPEC, 'volumes'), index), 'projected'), 'sources'), number);
      if (record(source).serviceAccountToken !== undefined)
        forbidden(
          check,
          field(place, 'serviceAccountToken'),
          'must not be specified when serviceAccountName is not set',
        );
    }
  }
}

/** A new pod. Mirrors ValidatePodCreate, v1.24 and v1.37. */
export function checkPod(check: Check, pod: JsonObject): void {
  const spec = record(pod.spec);
  checkPodMetadataAndSpec(check, pod);
  if (!isEmpty(spec.ephemeralContainers))
    forbidden(check, field(SPEC, 'ephemeralContainers'), 'cannot be set on create');
  if (text(spec.nodeName) !== '' && !isEmpty(spec.schedulingGates))
    forbidden(check, field(SPEC, 'nodeName'), 'cannot be set until all schedulingGates have been cleared');
  checkProfilesAgree(check, metadataIn(pod).annotations, spec, SPEC);
}

/** What the server's validation has against a new pod, in its order. */
export function newPodErrors(
  pod: JsonObject,
  server: Pick<Check, 'minor' | 'allowPrivileged'>,
): readonly ObjectError[] {
  const check: Check = { ...server, errors: [], late: [] };
  checkPod(check, pod);
  return [...check.errors, ...check.late];
}

/** The template of pods; its metadata's place is the template's own. Mirrors ValidatePodTemplateSpec. */
export const podTemplate: Rule = (check, value, at) => {
  const template = record(value);
  const metadata = metadataIn(template);
  const spec = record(template.spec);
  const place = field(at, 'spec');
  checkTemplateMetadata(check, template, at);
  checkPodSpec(check, spec, { isPod: false, podName: '' }, place);
  checkProfilesAgree(check, metadata.annotations, spec, place);
  if (!isEmpty(spec.ephemeralContainers))
    forbidden(check, field(place, 'ephemeralContainers'), 'ephemeral containers not allowed in pod template');
};

/** Labels and annotations of a template. */
export function checkTemplateMetadata(check: Check, template: JsonObject, at: Place): void {
  const metadata = metadataIn(template);
  labels(check, metadata.labels, field(at, 'labels'));
  checkAnnotations(check, metadata.annotations, field(at, 'annotations'));
  checkPodAnnotations(check, metadata.annotations, record(template.spec), field(at, 'annotations'));
}
