import type { Cluster } from '../../cluster/index/cluster.ts';
import type { UserInfo } from '../../cluster/index/cluster.ts';
import type { PolicyTrial } from '../../engines/psp/evaluate-pod.ts';
import { policyUse } from '../../engines/psp/policy-use.ts';
import { admits, type PodJudgement } from '../../engines/admission/psp-judgement.ts';
import type { Json } from '../../model/object.ts';
import type { FieldChange } from '../json-diff.ts';
import type { Paint } from '../paint.ts';
import { sourceName } from '../pod-name.ts';
import { printableLine } from '../printable.ts';
import { pspChanges } from './psp-changes.ts';
import { reasonLine, reasonPlace } from '../reasons.ts';

/** Why a pod gets the policy that it gets: who is asked, what each policy says in the order of trying, and what the chosen one changes. */
export function renderExplanation(cluster: Cluster, judgement: PodJudgement, paint: Paint): string {
  const { source, trials } = judgement;
  const { owner, templatePath } = source;
  const place = reasonPlace({ object: owner, path: templatePath.length === 0 ? ['metadata', 'name'] : templatePath });
  return [
    `${paint.bold(sourceName(source))} ${paint.dim(place)}\n`,
    outcome(judgement, paint),
    askedLines(judgement, paint),
    trials.length === 0 ? '' : `  ${paint.bold('policies, in the order in which they are tried')}\n`,
    ...trials.map((trial) => trialLines(cluster, judgement, trial, paint)),
    changeLines(pspChanges(cluster, judgement), paint),
  ].join('');
}

function outcome({ decision, message: said, chosen }: PodJudgement, paint: Paint): string {
  const message = printableLine(said);
  switch (decision) {
    case 'admitted':
      return `  ${paint.green('admitted')} by ${paint.bold(printableLine(chosen?.name ?? ''))}\n`;
    case 'forbidden':
    case 'unusable':
      return `  ${paint.red('refused')}: ${message}\n`;
    case 'unjudged':
      return `  ${paint.yellow('not judged')}: ${message === '' ? 'the plugin does not look at it' : message}\n`;
  }
}

function askedLines({ users, source }: PodJudgement, paint: Paint): string {
  if (users === undefined) return '';
  const { account, user } = users;
  const { origin, decide } = source.creator.user;
  const lines = [
    account === undefined ? undefined : `${identity(account)} ${paint.dim("(the pod's account)")}`,
    `${identity(user)} ${paint.dim(`(who creates it: ${printableLine(origin)})`)}`,
    decide === undefined ? undefined : paint.dim(`  to settle it: ${printableLine(decide)}`),
  ].filter((line) => line !== undefined);
  return `  ${paint.bold('whose rights count')}\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

function identity({ name, groups }: UserInfo): string {
  return name === '' ? `somebody in ${groups.map(printableLine).join(', ')}` : printableLine(name);
}

function trialLines(cluster: Cluster, judgement: PodJudgement, trial: PolicyTrial, paint: Paint): string {
  const title = `${trial === judgement.chosen ? '*' : ' '} ${printableLine(trial.name)}`;
  const { object } = trial.policy.stored;
  let text = `  ${trial === judgement.chosen ? paint.green(title) : title} ${paint.dim(reasonPlace({ object, path: [] }))}\n`;
  text += useLines(cluster, judgement, trial, paint);
  if (trial.providerError !== '') return `${text}      never used: ${printableLine(trial.providerError)}\n`;
  if (trial.errors.length === 0) {
    return `${text}      would admit the pod ${trial.mutates ? 'after changing it' : 'as it is'}${paint.dim(why(judgement, trial))}\n`;
  }
  text += `      would refuse the pod:\n`;
  for (const { message, policyPath } of trial.errors) {
    text += `        ${printableLine(message)} ${paint.dim(reasonPlace({ object, path: policyPath }))}\n`;
  }
  return text;
}

function useLines(cluster: Cluster, { users }: PodJudgement, trial: PolicyTrial, paint: Paint): string {
  const { authorizedBy, name } = trial;
  if (authorizedBy === '')
    return `      ${paint.red('may not be used')} by ${users?.account === undefined ? 'whoever creates the pod' : 'either'}\n`;
  const who = authorizedBy === 'serviceAccount' ? users?.account : users?.user;
  if (who === undefined || users === undefined) return '';
  const { because } = policyUse(cluster, who, name, users.namespace);
  const reasons = because.map((reason) => `        ${reasonLine(reason, paint)}\n`).join('');
  return `      ${paint.green('may be used')} by ${identity(who)}\n${reasons}`;
}

/** Why a policy that admits the pod was, or was not, the one. */
function why({ chosen, trials }: PodJudgement, trial: PolicyTrial): string {
  if (chosen === undefined || !admits(trial)) return '';
  if (trial !== chosen) {
    if (trial.mutates && !chosen.mutates)
      return `: ${printableLine(chosen.name)} changes nothing, and such policies come first`;
    return `: ${printableLine(chosen.name)} comes before it by name`;
  }
  const rivals = trials.filter((other) => other !== trial && admits(other));
  if (rivals.length === 0) return ': the only one that may be used and admits it';
  if (!trial.mutates && rivals.every(({ mutates }) => mutates))
    return ': the only one that changes nothing, and such policies come first';
  return trial.mutates ? ': the first by name' : ': the first by name of those that change nothing';
}

function changeLines(changes: readonly FieldChange[], paint: Paint): string {
  if (changes.length === 0) return '';
  const lines = changes.map(({ path, before, after }) => {
    const field = printableLine(path);
    if (before === undefined) return paint.green(`+ ${field}: ${show(after)}`);
    if (after === undefined) return paint.red(`- ${field}: ${show(before)}`);
    return paint.yellow(`~ ${field}: ${show(before)} → ${show(after)}`);
  });
  return `  ${paint.bold('what it changes in the pod')}\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

function show(value: Json | undefined): string {
  return printableLine(JSON.stringify(value));
}
