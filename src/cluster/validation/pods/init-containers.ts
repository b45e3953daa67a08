import { list, record, text } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { type Check, duplicate, forbidden, notFound, required } from '../check/check.ts';
import { field, item, type Place } from '../check/place.ts';
import { isEmpty } from '../check/rules.ts';
import {
  type PodContext,
  checkContainersBefore,
  checkHostPorts,
  checkCommon,
  checkInitPolicy,
  checkRunning,
  checkNothingRunning,
  checkNoRestart,
  checkImage,
  NOT_EPHEMERAL,
} from './containers.ts';

/** From here on each container is looked at in the order of the newer servers, and sidecars exist. */
const FIRST_NEW_ORDER = 28;

/** Mirrors validateInitContainers. */
export function checkInitContainers(check: Check, spec: JsonObject, pod: PodContext, at: Place): void {
  const containers = list(spec.initContainers).map(record);
  const names = new Set(list(spec.containers).map((each) => text(record(each).name)));
  if (check.minor < FIRST_NEW_ORDER && containers.length > 0) {
    checkContainersBefore(check, containers, pod, at);
    for (const container of containers) checkHostPorts(check, [container], at);
  }
  for (const [index, container] of containers.entries()) {
    const place = item(at, index);
    const name = text(container.name);
    const isSidecar = container.restartPolicy === 'Always' && check.minor >= FIRST_NEW_ORDER;
    if (check.minor >= FIRST_NEW_ORDER) {
      checkCommon(check, container, pod, place);
      checkInitPolicy(check, container, place);
    }
    if (names.has(name)) duplicate(check, field(place, 'name'), name);
    else if (name !== '') names.add(name);
    if (check.minor >= FIRST_NEW_ORDER) checkHostPorts(check, [container], at);
    if (isSidecar) checkRunning(check, container, pod, place);
    else checkNothingRunning(check, container, place);
    if (!isSidecar) checkNoRestart(check, container.resizePolicy, field(place, 'resizePolicy'));
  }
}

/** Containers that are added to a running pod; in a new one they are forbidden anyway. Mirrors validateEphemeralContainers. */
export function checkEphemeralContainers(check: Check, spec: JsonObject, pod: PodContext, at: Place): void {
  const others = [...list(spec.containers), ...list(spec.initContainers)].map((each) => text(record(each).name));
  const names = new Set(others);
  for (const [index, each] of list(spec.ephemeralContainers).entries()) {
    const container = record(each);
    const place = item(at, index);
    const [name, target] = [text(container.name), text(container.targetContainerName)];
    const isMissing = target !== '' && !others.includes(target);
    if (check.minor < FIRST_NEW_ORDER) {
      if (isMissing) notFound(check, field(place, 'targetContainerName'), target);
      if (name === '') {
        required(check, place, 'ephemeralContainer requires a name');
        continue;
      }
      // Upstream takes each for a list of its own.
      checkContainersBefore(check, [container], pod, place);
      checkHostPorts(check, [container], place);
      checkImage(check, container, item(place, 0));
    } else {
      checkCommon(check, container, pod, place);
      checkImage(check, container, place);
    }
    if (names.has(name)) duplicate(check, field(place, 'name'), name);
    names.add(name);
    if (isMissing && check.minor >= FIRST_NEW_ORDER) notFound(check, field(place, 'targetContainerName'), target);
    for (const forbiddenField of NOT_EPHEMERAL)
      if (!isEmpty(container[forbiddenField]))
        forbidden(check, field(place, forbiddenField), 'cannot be set for an Ephemeral Container');
    for (const [at2, mount] of list(container.volumeMounts).entries()) {
      for (const path of ['subPath', 'subPathExpr'])
        if (!isEmpty(record(mount)[path]))
          forbidden(
            check,
            field(item(field(place, 'volumeMounts'), at2), path),
            'cannot be set for an Ephemeral Container',
          );
    }
  }
}
