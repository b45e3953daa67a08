import type { Cluster } from '../../../cluster/index/cluster.ts';
import { podsOf } from '../../../cluster/pods/pods-of.ts';
import { addressFlowEnd, internetFlowEnds, podFlowEnd, podsNamed, podTitle } from '../packet/flow-end.ts';
import type { FlowEnd } from '../packet/flow-end.ts';
import type { FlowQuestion } from '../packet/flow-end.ts';
import { hasPorts, protocolNumbers } from '../form/protocol.ts';
import { namedPort } from '../model/pod-ports.ts';
import { connectionTargets, servicesNamed } from '../model/service-targets.ts';

/** Why a question cannot be asked, and what might help. */
export interface QuestionError {
  readonly error: string;
  readonly hint: string;
}

/** Tells an error from an answer. */
export function isQuestionError(answer: object): answer is QuestionError {
  return 'error' in answer;
}

/**
 * The flows that `from` and `to` ask about: several where a Service has several pods or ports, or where policies can tell addresses of
 * the internet apart. `from` is a pod, workload, address or `internet`; `to` may be a Service too, and has `:port[/protocol]` after it.
 */
export function flowQuestions(cluster: Cluster, from: string, to: string): readonly FlowQuestion[] | QuestionError {
  const sources = endsNamed(cluster, from);
  if (isQuestionError(sources)) return sources;
  const target = splitTarget(to);
  const protocol = protocolNumber(target.protocol === '' ? 'tcp' : target.protocol);
  if (protocol === undefined)
    return { error: `there is no protocol \`${target.protocol}\``, hint: 'tcp, udp, sctp, icmp, icmpv6 or a number' };
  const destinations = endsNamed(cluster, target.name);
  const asked = isQuestionError(destinations)
    ? serviceQuestions(cluster, target, target.protocol === '' ? undefined : protocol)
    : endQuestions(destinations, target, protocol);
  if (asked === undefined) return destinations as QuestionError;
  if (isQuestionError(asked)) return asked;
  return sources.flatMap((source) => asked.map((question) => ({ ...question, from: source })));
}

type Asked = Omit<FlowQuestion, 'from'>;

interface Target {
  readonly name: string;
  /** '' when none was given. */
  readonly port: string;
  /** '' when none was given. */
  readonly protocol: string;
}

/** `shop/web:8080/udp`, `[2001:db8::1]:80`, `192.0.2.1:/icmp`. */
function splitTarget(text: string): Target {
  const [, bracketed, plain, port = '', protocol = ''] =
    /^(?:\[([^\]]+)\]|([^:]+))(?::([\w-]*)(?:\/(\w+))?)?$/.exec(text) ?? [];
  return { name: bracketed ?? plain ?? text, port, protocol };
}

function protocolNumber(text: string): number | undefined {
  if (/^\d{1,3}$/.test(text)) return Number(text) < 256 ? Number(text) : undefined;
  return Object.entries(protocolNumbers).find(([name]) => name.toLowerCase() === text.toLowerCase())?.[1];
}

function endsNamed(cluster: Cluster, text: string): readonly FlowEnd[] | QuestionError {
  if (text === 'internet') return internetFlowEnds(cluster);
  const address = addressFlowEnd(text);
  if (address !== undefined) return [address];
  const pods = podsNamed(cluster, text);
  const [first, second] = pods;
  if (second !== undefined) {
    return {
      error: `\`${text}\` is the name of ${pods.length} workloads`,
      hint: `say which: ${listed(pods.map(podTitle))}`,
    };
  }
  if (first !== undefined) return [podFlowEnd(cluster, first)];
  const titles = podsOf(cluster).map(podTitle);
  const hint = titles.length === 0 ? 'the manifests make no pod' : `there are ${listed([...new Set(titles)])}`;
  return { error: `no pod, workload, Service or address \`${text}\``, hint };
}

function endQuestions(
  ends: readonly FlowEnd[],
  { port, name }: Target,
  protocol: number,
): readonly Asked[] | QuestionError {
  if (!hasPorts(protocol)) {
    const type = port === '' ? 8 : Number(port);
    return ends.map((to) => ({
      to,
      protocol,
      ...(protocol === 1 || protocol === 58 ? { icmp: { type, code: 0 } } : {}),
    }));
  }
  const shown = name.includes(':') ? `[${name}]` : name;
  if (port === '')
    return { error: 'the port is missing', hint: `write it after the name: ${shown}:80, or ${shown}:53/udp` };
  const questions: Asked[] = [];
  for (const to of ends) {
    const number = /^\d+$/.test(port) ? Number(port) : to.pod && namedPort(to.pod, port, protocolName(protocol));
    if (number === undefined) return { error: `${to.name} has no port \`${port}\``, hint: 'give its number' };
    if (number > 65535) return { error: `${port} is not a port`, hint: 'ports end at 65535' };
    questions.push({ to, protocol, port: number });
  }
  return questions;
}

function protocolName(number: number): string {
  return Object.entries(protocolNumbers).find(([, each]) => each === number)?.[0] ?? '';
}

/** Undefined where no Service has the name. Without a protocol all are meant. */
function serviceQuestions(
  cluster: Cluster,
  { name, port }: Target,
  protocol: number | undefined,
): readonly Asked[] | QuestionError | undefined {
  const services = servicesNamed(cluster, name);
  const [service, another] = services;
  if (service === undefined) return undefined;
  if (another !== undefined)
    return {
      error: `\`${name}\` is the name of ${services.length} Services`,
      hint: 'say which: NAMESPACE/service/NAME',
    };
  const asked = port === '' ? undefined : /^\d+$/.test(port) ? Number(port) : port;
  const targets = connectionTargets(service, {
    ...(asked === undefined ? {} : { port: asked }),
    ...(protocol === undefined ? {} : { protocol: protocolName(protocol) }),
  });
  if (targets.length === 0) {
    const hint = 'its selector matches no pod of the manifests, or it has no such port';
    return { error: `nothing is behind Service \`${name}\`${port === '' ? '' : ` at port ${port}`}`, hint };
  }
  return targets.map(({ pod, ...packets }) => ({ to: podFlowEnd(cluster, pod), ...packets }));
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}`;
}
