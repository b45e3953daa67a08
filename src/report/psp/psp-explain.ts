import type { ExplainedPspPodValue, ExplainedTrialValue, PspTrialValue } from '../../ask/pods/psp-trials.ts';
import type { FieldChange } from '../../ask/pods/json-diff.ts';
import { assumptionLines } from '../assumption-lines.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';
import { saidLine, saidPlace } from '../reasons.ts';

/** Why a pod gets the policy that it gets: who is asked, what each policy says in the order of trying, and what the chosen one changes. */
export function renderExplanation(pod: ExplainedPspPodValue, paint: Paint): string {
  // A pod that is its own manifest begins with the file: its name says more.
  const place = saidPlace(pod.owner.kind === 'Pod' ? pod.at : pod);
  return [
    `${paint.bold(printableLine(pod.title))} ${paint.dim(place)}\n`,
    pod.assumptions.length === 0 ? outcome(pod, paint) : unknown(pod, paint),
    askedLines(pod, paint),
    pod.policies.length === 0 ? '' : `  ${paint.bold('policies, in the order in which they are tried')}\n`,
    ...pod.policies.map((trial) => trialLines(pod, trial, paint)),
    changeLines(pod.changes, paint),
  ].join('');
}

function outcome({ decision, message: said, policy }: ExplainedPspPodValue, paint: Paint): string {
  const message = printableLine(said);
  switch (decision) {
    case 'admitted':
      return `  ${paint.green('admitted')} by ${paint.bold(printableLine(policy))}\n`;
    case 'forbidden':
    case 'unusable':
      return `  ${paint.red('refused')}: ${message}\n`;
    case 'unjudged':
      return `  ${paint.yellow('not judged')}: ${message === '' ? 'the plugin does not check it' : message}\n`;
  }
}

function unknown({ assumptions }: ExplainedPspPodValue, paint: Paint): string {
  return `  ${paint.yellow('unknown')}\n${assumptionLines(assumptions, paint)}`;
}

function askedLines({ asked, createdBy }: ExplainedPspPodValue, paint: Paint): string {
  if (asked === undefined) return '';
  const { account, user } = asked;
  const { origin, decide } = createdBy;
  const lines = [
    account === undefined ? undefined : `${identity(account)} ${paint.dim("(the pod's account)")}`,
    `${identity(user)} ${paint.dim(`(the creator: ${printableLine(origin)})`)}`,
    decide === undefined ? undefined : paint.dim(`  hint: ${printableLine(decide)}`),
  ].filter((line) => line !== undefined);
  return `  ${paint.bold('permissions used')}\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

function identity({ name, groups }: NonNullable<ExplainedPspPodValue['asked']>['user']): string {
  return name === '' ? `any user in ${groups.map(printableLine).join(', ')}` : printableLine(name);
}

function trialLines(pod: ExplainedPspPodValue, trial: ExplainedTrialValue, paint: Paint): string {
  const isChosen = trial.name === pod.policy;
  const title = `${isChosen ? '*' : ' '} ${printableLine(trial.name)}`;
  let text = `  ${isChosen ? paint.green(title) : title} ${paint.dim(saidPlace(trial.at))}\n`;
  text += useLines(pod, trial, paint);
  if (trial.neverUsed === true) return `${text}      never used: ${trial.errors.map(printableLine).join('')}\n`;
  if (trial.admits) {
    return `${text}      would admit the pod ${trial.mutates ? 'after changing it' : 'as it is'}${paint.dim(why(pod, trial))}\n`;
  }
  text += `      would refuse the pod:\n`;
  for (const { message, at } of trial.refusals) {
    text += `        ${printableLine(message)} ${paint.dim(saidPlace(at))}\n`;
  }
  return text;
}

function useLines({ asked }: ExplainedPspPodValue, { mayUse, usedBecause }: ExplainedTrialValue, paint: Paint): string {
  if (mayUse === '')
    return `      ${paint.red('may not be used')} by ${asked?.account === undefined ? 'the creator of the pod' : 'either'}\n`;
  const who = mayUse === 'serviceAccount' ? asked?.account : asked?.user;
  if (who === undefined) return '';
  const reasons = usedBecause.map((reason) => `        ${saidLine(reason, paint)}\n`).join('');
  return `      ${paint.green('may be used')} by ${identity(who)}\n${reasons}`;
}

/** Why a policy that admits the pod was, or was not, the one. */
function why({ policy, policies }: ExplainedPspPodValue, trial: PspTrialValue): string {
  const chosen = policies.find(({ name }) => name === policy);
  if (chosen === undefined || !isAdmitting(trial)) return '';
  if (trial !== chosen) {
    if (trial.mutates && !chosen.mutates)
      return `: ${printableLine(chosen.name)} does not change the pod, and such policies are preferred`;
    return `: ${printableLine(chosen.name)} precedes it by name`;
  }
  const rivals = policies.filter((other) => other !== trial && isAdmitting(other));
  if (rivals.length === 0) return ': the only usable policy that admits it';
  if (!trial.mutates && rivals.every(({ mutates }) => mutates))
    return ': the only one that does not change the pod, and such policies are preferred';
  return trial.mutates ? ': the first by name' : ': the first by name of those that do not change the pod';
}

function isAdmitting({ mayUse, admits }: PspTrialValue): boolean {
  return mayUse !== '' && admits;
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

function show(value: FieldChange['before']): string {
  return printableLine(JSON.stringify(value));
}
