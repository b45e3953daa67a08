import { text } from '../../../../model/json.ts';
import type { JsonObject } from '../../../../model/object.ts';
import { type Check, duplicate, forbidden, goJson, invalid, required } from '../../check/check.ts';
import { portNumberErrors } from '../../check/formats.ts';
import { field, item } from '../../check/place.ts';
import { format, needed, oneOf, present, table } from '../../check/rules.ts';
import { labelName, numberOf } from '../../check/values.ts';
import { dnsLabelErrors } from '../../name-formats.ts';
import { portNumberOrName } from '../../pods/probes.ts';

/*
 * Services. Mirrors ValidateService of pkg/apis/core/validation, v1.24 and v1.37.
 */

const SPEC = field(undefined, 'spec');

export function checkPorts(check: Check, ports: readonly JsonObject[]): void {
  const names = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const at = item(field(SPEC, 'ports'), index);
    const name = text(port.name);
    if (ports.length > 1 && name === '') required(check, field(at, 'name'));
    else if (name !== '') {
      format(dnsLabelErrors)(check, name, field(at, 'name'));
      if (names.has(name)) duplicate(check, field(at, 'name'), name);
      names.add(name);
    }
    for (const message of portNumberErrors(numberOf(port.port)))
      invalid(check, field(at, 'port'), numberOf(port.port), message);
    table(
      ['protocol', needed('', oneOf('SCTP', 'TCP', 'UDP'))],
      ['targetPort', portNumberOrName],
      ['appProtocol', present(labelName)],
    )(check, port, at);
  }
}

export function checkNodePorts(check: Check, type: string, ports: readonly JsonObject[]): void {
  const at = field(SPEC, 'ports');
  if (type === 'ClusterIP') {
    for (const [index, port] of ports.entries())
      if (numberOf(port.nodePort) !== 0)
        forbidden(check, field(item(at, index), 'nodePort'), "may not be used when `type` is 'ClusterIP'");
  }
  const onNodes = new Set<string>();
  for (const [index, { protocol, nodePort }] of ports.entries()) {
    if (numberOf(nodePort) === 0) continue;
    const key = `${text(protocol)}/${numberOf(nodePort)}`;
    if (onNodes.has(key)) duplicate(check, field(item(at, index), 'nodePort'), numberOf(nodePort));
    onNodes.add(key);
  }
  const pairs = new Set<string>();
  for (const [index, { protocol, port }] of ports.entries()) {
    const key = `${text(protocol)}/${numberOf(port)}`;
    if (pairs.has(key)) duplicate(check, item(at, index), printedPort(text(protocol), numberOf(port)));
    pairs.add(key);
  }
}

function printedPort(protocol: string, port: number): { readonly go: string; readonly json: string } {
  const go = `core.ServicePort{Name:"", Protocol:${JSON.stringify(protocol)}, AppProtocol:(*string)(nil), Port:${port}, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}`;
  const json = goJson({ Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 });
  return { go, json };
}
