import { isObject, record } from '../../../../model/json.ts';
import type { JsonObject } from '../../../../model/object.ts';
import { type Check, goJson, invalid, required, stringMap, unsupported } from '../../check/check.ts';
import { metadataIn } from '../../check/metadata.ts';
import { field, fieldAt, type Place } from '../../check/place.ts';
import { atLeast, present, type Rule, table } from '../../check/rules.ts';
import { labelSelector, printedIntOrString, printedSelector, trySelector } from '../../check/values.ts';
import { podTemplate } from '../../pods/pod.ts';
import { checkAtMostAll, checkIntOrPercent, intOrPercent } from './int-or-percent.ts';
import { kindCheck, LAST_WHOLE } from '../kind-check.ts';
import { printedRolling, checkSelectorStays, MISMATCH, checkDisks, checkRunning } from './selectors.ts';

/*
 * Workloads that keep pods running. Mirrors pkg/apis/apps/validation, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');

const TEMPLATE = field(SPEC, 'template');

const daemonStrategy: Rule = (check, value, at) => {
  const { type, rollingUpdate: update } = record(value);
  const place = field(at, 'rollingUpdate');
  if (type === 'OnDelete') return;
  if (type !== 'RollingUpdate') {
    const json = goJson({ Type: type ?? '', RollingUpdate: printedRolling(update, ['MaxUnavailable', 'MaxSurge']) });
    unsupported(check, at, { go: 'apps.DaemonSetUpdateStrategy{...}', json }, ['RollingUpdate', 'OnDelete']);
  } else if (update === undefined) required(check, place);
  else checkDaemonUpdate(check, record(update), place);
};

function checkDaemonUpdate(check: Check, { maxUnavailable, maxSurge }: JsonObject, at: Place): void {
  const [unavailable, surge] = [field(at, 'maxUnavailable'), field(at, 'maxSurge')];
  checkIntOrPercent(check, maxUnavailable, unavailable);
  checkIntOrPercent(check, maxSurge, surge);
  checkAtMostAll(check, maxUnavailable, unavailable);
  checkAtMostAll(check, maxSurge, surge);
  const [some, more] = [intOrPercent(maxUnavailable) !== 0, intOrPercent(maxSurge) !== 0];
  if (some && more)
    invalid(check, surge, printedIntOrString(maxSurge), 'may not be set when maxUnavailable is non-zero');
  else if (!some && !more) required(check, unavailable, 'cannot be 0 when maxSurge is 0');
}

export const daemonSetCheck = kindCheck(true, {
  wholeUntil: LAST_WHOLE,
  changeFirstSince: LAST_WHOLE + 1,
  change: checkSelectorStays,
  rest: (check, object) => {
    const spec = record(object.spec);
    labelSelector(check, spec.selector, field(SPEC, 'selector'));
    const templateLabels = metadataIn(record(spec.template)).labels;
    const { usable, matches, empty } = trySelector(spec.selector, templateLabels);
    if (usable && !matches)
      invalid(check, fieldAt(TEMPLATE, 'metadata', 'labels'), stringMap(templateLabels), MISMATCH);
    if (isObject(spec.selector) && empty)
      invalid(
        check,
        field(SPEC, 'selector'),
        printedSelector(spec.selector),
        'empty selector is invalid for daemonset',
      );
    podTemplate(check, spec.template, TEMPLATE);
    checkDisks(check, spec);
    checkRunning(check, spec, 'DaemonSet');
    table(
      ['minReadySeconds', atLeast(0)],
      ['updateStrategy', daemonStrategy],
      ['revisionHistoryLimit', present(atLeast(0))],
    )(check, spec, SPEC);
  },
});
