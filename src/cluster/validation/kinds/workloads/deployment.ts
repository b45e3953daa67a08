import { record } from '../../../../model/json.ts';
import { forbidden, goJson, invalid, required, unsupported } from '../../check/check.ts';
import { field } from '../../check/place.ts';
import { atLeast, present, type Rule, table } from '../../check/rules.ts';
import { numberOf, printedIntOrString } from '../../check/values.ts';
import { checkAtMostAll, checkIntOrPercent, intOrPercent } from './int-or-percent.ts';
import { kindCheck, LAST_WHOLE } from '../kind-check.ts';
import { printedRolling, checkSelector, mustBeThere, checkReplicated, checkSelectorStays } from './selectors.ts';

/*
 * Workloads that keep pods running. Mirrors pkg/apis/apps/validation, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');

export const rollingUpdate: Rule = (check, value, at) => {
  const { maxUnavailable, maxSurge } = record(value);
  const place = field(at, 'maxUnavailable');
  checkIntOrPercent(check, maxUnavailable, place);
  checkIntOrPercent(check, maxSurge, field(at, 'maxSurge'));
  if (intOrPercent(maxUnavailable) === 0 && intOrPercent(maxSurge) === 0)
    invalid(check, place, printedIntOrString(maxUnavailable), 'may not be 0 when `maxSurge` is 0');
  checkAtMostAll(check, maxUnavailable, place);
};

const deploymentStrategy: Rule = (check, value, at) => {
  const { type, rollingUpdate: update } = record(value);
  const place = field(at, 'rollingUpdate');
  if (type === 'Recreate') {
    if (update !== undefined) forbidden(check, place, "may not be specified when strategy `type` is 'Recreate'");
  } else if (type === 'RollingUpdate') {
    if (update === undefined) required(check, place, 'this should be defaulted and never be nil');
    else rollingUpdate(check, update, place);
  } else {
    const printed = {
      go: 'apps.DeploymentStrategy{...}',
      json: goJson({ Type: type ?? '', RollingUpdate: printedRolling(update, ['MaxUnavailable', 'MaxSurge']) }),
    };
    unsupported(check, at, printed, ['Recreate', 'RollingUpdate']);
  }
};

export const deploymentCheck = kindCheck(true, {
  rest: (check, object) => {
    const spec = record(object.spec);
    atLeast(0)(check, spec.replicas, field(SPEC, 'replicas'));
    checkSelector(check, spec.selector, 'deployment', mustBeThere);
    checkReplicated(check, spec);
    table(
      ['strategy', deploymentStrategy],
      ['minReadySeconds', atLeast(0)],
      ['revisionHistoryLimit', present(atLeast(0))],
    )(check, spec, SPEC);
    const { progressDeadlineSeconds: deadline } = spec;
    if (deadline === undefined) return;
    const at = field(SPEC, 'progressDeadlineSeconds');
    atLeast(0)(check, deadline, at);
    if (numberOf(deadline) <= numberOf(spec.minReadySeconds))
      invalid(check, at, deadline, 'must be greater than minReadySeconds');
  },
  change: checkSelectorStays,
});

export const replicaSetCheck = kindCheck(true, {
  wholeUntil: LAST_WHOLE,
  rest: (check, object) => {
    const spec = record(object.spec);
    table(['replicas', atLeast(0)], ['minReadySeconds', atLeast(0)])(check, spec, SPEC);
    checkSelector(check, spec.selector, 'deployment', mustBeThere);
    checkReplicated(check, spec);
  },
  change: checkSelectorStays,
});
