import { record, text } from '../../../../model/json.ts';
import type { Json, JsonObject } from '../../../../model/object.ts';
import { type Check, invalid, required } from '../../check/check.ts';
import { checkImmutable } from '../../check/immutable.ts';
import { checkMetadata, checkMetadataUpdate, metadataIn } from '../../check/metadata.ts';
import { field, fieldAt } from '../../check/place.ts';
import { numberOf } from '../../check/values.ts';
import { dnsSubdomainErrors, qualifiedNameErrors } from '../../name-formats.ts';
import type { KindCheck } from '../kind-check.ts';

/*
 * Events; those of events.k8s.io/v1 are held to more than those of v1. Mirrors pkg/apis/core/validation/events.go, v1.24 and v1.37.
 */

const RULES = { namespaced: true, name: dnsSubdomainErrors, finalizers: true };
const FIRST_OLD_NAMES = 28;
const LIMITS = { reportingInstance: 128, action: 128, reason: 128, message: 1024 } as const;

function at(name: string): ReturnType<typeof field> {
  return field(undefined, name);
}

function isLater(event: JsonObject): boolean {
  return event.apiVersion === 'events.k8s.io/v1';
}

/** The object that an event is about, and its text: the names differ between the versions. */
function aboutOf(event: JsonObject): JsonObject {
  return record(isLater(event) ? event.regarding : event.involvedObject);
}

function messageOf(event: JsonObject): string {
  return text(isLater(event) ? event.note : event.message);
}

function checkLegacy(check: Check, event: JsonObject): void {
  const namespace = text(metadataIn(event).namespace);
  const about = text(aboutOf(event).namespace);
  const complain = (): void => {
    invalid(check, fieldAt(undefined, 'involvedObject', 'namespace'), about, 'does not match event.namespace');
  };
  if (text(event.eventTime) === '') {
    if (about === '' ? namespace !== '' && namespace !== 'default' : namespace !== about) complain();
    return;
  }
  if (about === '' && namespace !== 'default' && namespace !== 'kube-system') complain();
  const name = !isLater(event) && check.minor >= FIRST_OLD_NAMES ? 'reportingComponent' : 'reportingController';
  const controller = text(isLater(event) ? event.reportingController : event.reportingComponent);
  if (controller === '') required(check, at(name));
  for (const message of qualifiedNameErrors(controller, check.minor)) invalid(check, at(name), controller, message);
  for (const field2 of ['reportingInstance', 'action', 'reason'] as const) {
    const value = text(event[field2]);
    if (value === '') required(check, at(field2));
    if (value.length > LIMITS[field2]) invalid(check, at(field2), '', `can have at most ${LIMITS[field2]} characters`);
  }
  if (messageOf(event).length > LIMITS.message)
    invalid(check, at('message'), '', `can have at most ${LIMITS.message} characters`);
}

const UNSET = [
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
] as const;

export const eventCheck: KindCheck = {
  create: (check, event) => {
    checkLegacy(check, event);
    if (!isLater(event)) return;
    checkMetadata(check, metadataIn(event), RULES);
    if (text(event.eventTime) === '') required(check, at('eventTime'));
    const type = text(event.type);
    if (type !== 'Normal' && type !== 'Warning') invalid(check, at('type'), '', `has invalid value: ${type}`);
    for (const [written, name] of UNSET)
      if (text(event[written]) !== '' || numberOf(event[written]) !== 0)
        invalid(check, at(name), '', 'needs to be unset');
    const source = record(event.deprecatedSource);
    if (text(source.component) !== '' || text(source.host) !== '')
      invalid(check, at('source'), '', 'needs to be unset');
  },
  update: (check, event, old) => {
    checkLegacy(check, event);
    if (!isLater(event)) return;
    checkMetadataUpdate(check, metadataIn(event), metadataIn(old));
    const stays = (name: string, now: Json | undefined, before: Json | undefined): void => {
      checkImmutable(check, now, before, at(name));
    };
    stays('involvedObject', event.regarding, old.regarding);
    stays('reason', text(event.reason), text(old.reason));
    stays('message', messageOf(event), messageOf(old));
    stays('type', text(event.type), text(old.type));
    stays('eventTime', text(event.eventTime), text(old.eventTime));
    stays('action', text(event.action), text(old.action));
    stays('related', event.related, old.related);
    stays('reportingController', text(event.reportingController), text(old.reportingController));
    stays('reportingInstance', text(event.reportingInstance), text(old.reportingInstance));
  },
};
