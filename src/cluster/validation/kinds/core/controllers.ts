import { isObject, record, text, textFields } from '../../../../model/json.ts';
import type { Json, JsonObject } from '../../../../model/object.ts';
import { type Check, forbidden, goJson, invalid, required, unsupported } from '../../check/check.ts';
import { metadataIn } from '../../check/metadata.ts';
import { field, fieldAt, type Place } from '../../check/place.ts';
import { isEmpty } from '../../check/rules.ts';
import { numberOf } from '../../check/values.ts';
import { podTemplate } from '../../pods/pod.ts';
import { kindCheck, LAST_WHOLE } from '../kind-check.ts';

/*
 * Small kinds of the core group. Mirrors pkg/apis/core/validation, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');

export const podTemplateCheck = kindCheck(true, {
  rest: (check, object) => {
    podTemplate(check, object.template, field(undefined, 'template'));
  },
});

export const replicationControllerCheck = kindCheck(true, {
  wholeUntil: LAST_WHOLE,
  lateName: true,
  rest: (check, object) => {
    const spec = record(object.spec);
    if (numberOf(spec.minReadySeconds) < 0)
      invalid(check, field(SPEC, 'minReadySeconds'), numberOf(spec.minReadySeconds), NEGATIVE);
    if (isEmpty(spec.selector)) required(check, field(SPEC, 'selector'));
    if (numberOf(spec.replicas) < 0) invalid(check, field(SPEC, 'replicas'), numberOf(spec.replicas), NEGATIVE);
    const at = field(SPEC, 'template');
    if (!isObject(spec.template)) {
      required(check, at);
      return;
    }
    const template = spec.template;
    checkRawSelector(check, spec.selector, template, at);
    podTemplate(check, template, at);
    const inside = record(template.spec);
    if (inside.restartPolicy !== 'Always')
      unsupported(check, fieldAt(at, 'spec', 'restartPolicy'), text(inside.restartPolicy), ['Always']);
    if (inside.activeDeadlineSeconds !== undefined) {
      const detail = 'activeDeadlineSeconds in ReplicationController is not Supported';
      forbidden(check, fieldAt(at, 'spec', 'activeDeadlineSeconds'), detail);
    }
  },
});

const NEGATIVE = 'must be greater than or equal to 0';

function checkRawSelector(check: Check, selector: Json | undefined, template: JsonObject, at: Place): void {
  const wanted = textFields(selector);
  const labels = record(metadataIn(template).labels);
  if (wanted.length === 0 || wanted.every(([key, value]) => labels[key] === value)) return;
  const printed = { go: mapText(metadataIn(template).labels), json: goJson(metadataIn(template).labels ?? null) };
  invalid(check, fieldAt(at, 'metadata', 'labels'), printed, '`selector` does not match template `labels`');
}

function mapText(value: Json | undefined): string {
  return value === undefined ? 'map[string]string(nil)' : 'map[string]string{...}';
}
