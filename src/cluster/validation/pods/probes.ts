import { isObject, list, record, text } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { type Check, forbidden, invalid, required, unsupported } from '../check/check.ts';
import { headerErrors, portNameErrors, portNumberErrors } from '../check/formats.ts';
import { field, type Place } from '../check/place.ts';
import { atLeast, needed, oneOf, type Rule, table } from '../check/rules.ts';
import { numberOf } from '../check/values.ts';

/** A port by number or name. Mirrors ValidatePortNumOrName. */
export const portNumberOrName: Rule = (check, value, at) => {
  const messages = typeof value === 'string' ? portNameErrors(value, check.minor) : portNumberErrors(numberOf(value));
  for (const message of messages) invalid(check, at, typeof value === 'string' ? value : numberOf(value), message);
};

const exec: Rule = table(['command', needed()]);

const httpGet: Rule = table(
  ['path', needed()],
  ['port', portNumberOrName],
  ['scheme', oneOf('HTTP', 'HTTPS')],
  [
    '',
    (check, value, at) => {
      for (const header of list(record(value).httpHeaders)) {
        const name = text(record(header).name);
        for (const message of headerErrors(name)) invalid(check, field(at, 'httpHeaders'), name, message);
      }
    },
  ],
);

const tcpSocket: Rule = table(['port', portNumberOrName]);

const HANDLERS: readonly (readonly [name: string, rule: Rule])[] = [
  ['exec', exec],
  ['httpGet', httpGet],
  ['tcpSocket', tcpSocket],
];

/** What is done at a probe or a hook: exactly one thing. Mirrors validateHandler. */
export function checkHandler(check: Check, handler: JsonObject, last: readonly [string, Rule], at: Place): void {
  let isFound = false;
  for (const [name, rule] of [...HANDLERS, last]) {
    const action = handler[name];
    if (!isObject(action)) continue;
    if (isFound) forbidden(check, field(at, name), 'may not specify more than 1 handler type');
    else rule(check, action, field(at, name));
    isFound = true;
  }
  if (!isFound) required(check, at, 'must specify a handler type');
}

/** A probe of any kind. Mirrors validateProbe. */
export function checkProbe(check: Check, value: Json | undefined, at: Place): void {
  if (!isObject(value)) return;
  checkHandler(check, value, ['grpc', table(['port', portNumberOrName])], at);
  table(
    ['initialDelaySeconds', atLeast(0)],
    ['timeoutSeconds', atLeast(0)],
    ['periodSeconds', atLeast(0)],
    ['successThreshold', atLeast(0)],
    ['failureThreshold', atLeast(0)],
  )(check, value, at);
  const { terminationGracePeriodSeconds: grace } = value;
  if (grace !== undefined && numberOf(grace) <= 0)
    invalid(check, field(at, 'terminationGracePeriodSeconds'), numberOf(grace), 'must be greater than 0');
}

/** One success must be enough: liveness and startup. */
export function checkOneSuccess(check: Check, value: Json | undefined, at: Place): void {
  if (isObject(value) && value.successThreshold !== 1)
    invalid(check, field(at, 'successThreshold'), numberOf(value.successThreshold), 'must be 1');
}

/** Nothing is ended when a pod is not ready. */
export function checkNoGrace(check: Check, value: Json | undefined, at: Place): void {
  const grace = record(value).terminationGracePeriodSeconds;
  if (grace !== undefined)
    invalid(check, field(at, 'terminationGracePeriodSeconds'), grace, 'must not be set for readinessProbes');
}

const WINDOWS_SIGNALS = ['SIGKILL', 'SIGTERM'];

/** The hooks of a container. Mirrors validateLifecycle. */
export function checkLifecycle(check: Check, value: Json | undefined, grace: number, os: string, at: Place): void {
  const { postStart, preStop, stopSignal } = record(value);
  const sleep: Rule = (inner, action, place) => {
    const seconds = numberOf(record(action).seconds);
    if (seconds >= 0 && seconds <= grace) return;
    const detail = `must be non-negative and less than terminationGracePeriodSeconds (${grace})`;
    invalid(inner, place, seconds, detail);
  };
  if (isObject(postStart)) checkHandler(check, postStart, ['sleep', sleep], field(at, 'postStart'));
  if (isObject(preStop)) checkHandler(check, preStop, ['sleep', sleep], field(at, 'preStop'));
  if (stopSignal === undefined) return;
  if (os === '') forbidden(check, field(at, 'stopSignal'), 'may not be set for containers with empty `spec.os.name`');
  else if (os === 'windows' && !WINDOWS_SIGNALS.includes(text(stopSignal)))
    unsupported(check, field(at, 'stopSignal'), stopSignal, WINDOWS_SIGNALS);
}
