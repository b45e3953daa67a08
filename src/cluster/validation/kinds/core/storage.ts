import { list, record, text, textFields, texts } from '../../../../model/json.ts';
import type { Json } from '../../../../model/object.ts';
import {
  type Check,
  declaratively,
  duplicate,
  forbidden,
  invalid,
  required,
  stringMap,
  tooLong,
  unsupported,
} from '../../check/check.ts';
import { caselessSubdomainErrors } from '../../check/formats.ts';
import { checkImmutable, isSame } from '../../check/immutable.ts';
import { byteLength } from '../../check/metadata.ts';
import { field, item, type Place } from '../../check/place.ts';
import { isEmpty, oneOf, present, type Rule } from '../../check/rules.ts';
import { labelName, numberOf } from '../../check/values.ts';
import { qualifiedNameErrors } from '../../name-formats.ts';
import { kindCheck } from '../kind-check.ts';

/*
 * Kinds with little to check. Mirrors pkg/apis/{policy,scheduling,storage,node,coordination,certificates}/validation and kube-aggregator's, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');

const FIRST_DECLARATIVE = 36;

const MOST_PARAMETERS = 512;

const MOST_PARAMETER_BYTES = 256 * 1024;

function checkParameters(check: Check, value: Json | undefined): void {
  const at = field(undefined, 'parameters');
  const parameters = textFields(value);
  if (parameters.length > MOST_PARAMETERS) {
    tooLong(check, at, MOST_PARAMETERS);
    return;
  }
  let size = 0;
  for (const [key, each] of parameters) {
    if (key === '') invalid(check, at, key, 'field can not be empty.');
    size += byteLength(key) + byteLength(each);
  }
  if (size > MOST_PARAMETER_BYTES) tooLong(check, at, MOST_PARAMETER_BYTES);
}

const topologyTerm: Rule = (check, value, at) => {
  const keys = new Set<string>();
  for (const [index, expression] of list(record(value).matchLabelExpressions).entries()) {
    const place = item(field(at, 'matchLabelExpressions'), index);
    const { key, values } = record(expression);
    if (isEmpty(values)) required(check, field(place, 'values'));
    const seen = new Set<string>();
    for (const [number, one] of texts(values).entries()) {
      if (seen.has(one)) duplicate(check, item(field(place, 'values'), number), one);
      seen.add(one);
    }
    labelName(check, key, field(place, 'key'));
    if (keys.has(text(key))) duplicate(check, field(place, 'key'), text(key));
    keys.add(text(key));
  }
};

function topologyKey(value: Json): string {
  return JSON.stringify(
    list(record(value).matchLabelExpressions)
      .map((one) => [record(one).key, texts(record(one).values).toSorted()])
      .toSorted(),
  );
}

function checkTopologies(check: Check, value: Json | undefined): void {
  const at = field(undefined, 'allowedTopologies');
  const terms = list(value);
  // Upstream compares with as many empty terms as there are terms, because it makes room for them first.
  const seen = terms.map(() => '[]');
  for (const [index, term] of terms.entries()) {
    topologyTerm(check, term, item(at, index));
    const key = topologyKey(term);
    for (const other of seen) if (other === key) duplicate(check, field(item(at, index), 'matchLabelExpressions'), '');
    seen.push(key);
  }
}

export const storageClassCheck = kindCheck(false, {
  wholeUntil: Infinity,
  again: 'nothing',
  rest: (check, object) => {
    const provisioner = text(object.provisioner);
    const at = field(undefined, 'provisioner');
    if (provisioner === '')
      declaratively(check, (late) => {
        required(late, at);
      });
    else
      for (const message of qualifiedNameErrors(provisioner.toLowerCase(), check.minor))
        invalid(check, at, provisioner.toLowerCase(), message);
    checkParameters(check, object.parameters);
    const policy = text(object.reclaimPolicy);
    if (policy !== '' && policy !== 'Delete' && policy !== 'Retain')
      unsupported(check, field(undefined, 'reclaimPolicy'), policy, ['Delete', 'Retain']);
    const mode = field(undefined, 'volumeBindingMode');
    if (object.volumeBindingMode === undefined) required(check, mode);
    else oneOf('Immediate', 'WaitForFirstConsumer')(check, object.volumeBindingMode, mode);
    checkTopologies(check, object.allowedTopologies);
  },
  change: (check, object, old) => {
    const isOld = check.minor < FIRST_DECLARATIVE;
    const stays = (inner: Check, name: string): void => {
      const at = field(undefined, name);
      if (name === 'parameters') {
        if (!isSame(object.parameters ?? {}, old.parameters ?? {})) {
          if (isOld) forbidden(inner, at, 'updates to parameters are forbidden.');
          else invalid(inner, at, stringMap(object.parameters), 'field is immutable');
        }
      } else if (name === 'provisioner' && isOld) {
        if (object.provisioner !== old.provisioner) forbidden(inner, at, 'updates to provisioner are forbidden.');
      } else if (name === 'reclaimPolicy' && isOld) {
        if (object.reclaimPolicy !== old.reclaimPolicy) forbidden(inner, at, 'updates to reclaimPolicy are forbidden.');
      } else checkImmutable(inner, object[name], old[name], at);
    };
    const order = isOld
      ? ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode']
      : ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'];
    declaratively(check, (late) => {
      order.forEach((name) => {
        stays(late, name);
      });
    });
  },
});

const MOST_DRIVER_NAME = 63;

/** From here on podInfoOnMount can be changed. */
const FIRST_POD_INFO = 29;

function checkTokens(check: Check, value: Json | undefined, at: Place): void {
  const seen = new Set<string>();
  for (const [index, request] of list(value).entries()) {
    const { audience, expirationSeconds } = record(request);
    const place = item(at, index);
    if (seen.has(text(audience))) {
      duplicate(check, field(place, 'audience'), text(audience));
      continue;
    }
    seen.add(text(audience));
    if (expirationSeconds === undefined) continue;
    const seconds = numberOf(expirationSeconds);
    if (seconds < 600)
      invalid(check, field(place, 'expirationSeconds'), seconds, 'may not specify a duration less than 10 minutes');
    if (seconds > 2 ** 32)
      invalid(check, field(place, 'expirationSeconds'), seconds, 'may not specify a duration larger than 2^32 seconds');
  }
}

export const csiDriverCheck = kindCheck(false, {
  name: (name, minor) => [
    ...(name.length > MOST_DRIVER_NAME
      ? [`must be no more than ${MOST_DRIVER_NAME} ${minor >= 34 ? 'bytes' : 'characters'}`]
      : []),
    ...caselessSubdomainErrors(name, minor),
  ],
  rest: (check, object) => {
    const spec = record(object.spec);
    for (const name of ['attachRequired', 'podInfoOnMount', 'storageCapacity'])
      if (spec[name] === undefined) required(check, field(SPEC, name === 'attachRequired' ? 'attachedRequired' : name));
    present(oneOf('File', 'None', 'ReadWriteOnceWithFSType'))(check, spec.fsGroupPolicy, field(SPEC, 'fsGroupPolicy'));
    checkTokens(check, spec.tokenRequests, field(SPEC, 'tokenRequests'));
    for (const mode of texts(spec.volumeLifecycleModes))
      if (mode !== 'Persistent' && mode !== 'Ephemeral')
        unsupported(check, field(SPEC, 'volumeLifecycleModes'), mode, ['Persistent', 'Ephemeral']);
    const period = spec.nodeAllocatableUpdatePeriodSeconds;
    if (check.minor >= 34 && period !== undefined && numberOf(period) < 10)
      invalid(
        check,
        field(SPEC, 'nodeAllocatableUpdatePeriodSeconds'),
        period,
        'must be greater than or equal to 10 seconds',
      );
  },
  change: (check, object, old) => {
    const [spec, before] = [record(object.spec), record(old.spec)];
    checkImmutable(check, spec.attachRequired, before.attachRequired, field(SPEC, 'attachedRequired'));
    if (check.minor < FIRST_POD_INFO)
      checkImmutable(check, spec.podInfoOnMount, before.podInfoOnMount, field(SPEC, 'podInfoOnMount'));
    declaratively(check, (late) => {
      checkImmutable(late, spec.volumeLifecycleModes, before.volumeLifecycleModes, field(SPEC, 'volumeLifecycleModes'));
    });
  },
});
