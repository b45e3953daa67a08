import type { Component } from '../../cluster/components/component.ts';
import type { PluginState } from '../../cluster/components/plugin-state.ts';
import type { ComponentFacts } from '../facts/facts.ts';
import type { OptionSpecs, OptionValues } from './options.ts';
import { defineRule } from './define-rule.ts';
import type { NoOptions, RuleDescription, RuleOf } from './definition.ts';

/** What decides beside the value of the flag. */
export interface FlagContext<Options extends OptionSpecs> {
  readonly options: OptionValues<Options>;
  /** Helpers that read values: `seconds`, `isLoopback`, `hasWeakCipher`. */
  readonly components: ComponentFacts;
  /** Whether a manifest sets the flag, so that the value is not a default. */
  readonly written: boolean;
  /** The value of another flag of the component; undefined where the manifests do not tell. */
  readonly other: (flag: string) => string | undefined;
}

interface AboutComponent extends RuleDescription {
  readonly component: Component['name'];
  /** What is wrong, without a full stop; how the flag is set follows it behind a colon. */
  readonly message: string;
}

/** A flag whose value may be bad. */
export interface FlagRule<Options extends OptionSpecs> extends AboutComponent {
  readonly flag: string;
  readonly options?: Options;
  readonly hint: string | ((options: OptionValues<Options>) => string);
  /** Whether a value is bad, a default included. */
  readonly bad: (value: string, context: FlagContext<Options>) => boolean;
}

/** Flags that must all be set. */
export interface UnsetRule extends AboutComponent {
  readonly hint: string;
  readonly flags: readonly [string, ...string[]];
  /** Whether something else makes up for them; `other` gives the value of another flag. */
  readonly unless?: (other: FlagContext<NoOptions>['other']) => boolean;
}

/**
 * Makes a rule about a flag of a component. It finds nothing where the manifests do not tell the value: another component, a version without
 * the flag, a configuration file that is not shown. The message key is `wrong` for a bad value; for `flags`, of which the finding points at
 * the first that is not set, it is `unset`.
 */
export function defineFlagRule<const Options extends OptionSpecs = NoOptions>(
  rule: FlagRule<Options> | UnsetRule,
): RuleOf<'component'> {
  return 'flags' in rule ? unsetRule(rule) : valueRule(rule);
}

const needs = ['components'] as const;

function valueRule<const Options extends OptionSpecs>({
  component,
  flag,
  bad,
  message,
  hint,
  ...described
}: FlagRule<Options>): RuleOf<'component'> {
  return defineRule({
    ...described,
    scope: 'component',
    needs,
    messages: { wrong: withSetting(message) },
    find(subject, { facts: { components }, options }) {
      const other = (name: string) => components.setting(subject, component, name)?.value;
      const setting = components.setting(subject, component, flag);
      if (setting === undefined) return [];
      const { value, written } = setting;
      return bad(value, { options, components, written, other }) ? [{ is: 'wrong', at: setting.place, setting }] : [];
    },
    say: {
      wrong: ({ setting }, { options }) => ({
        said: setting.words,
        hint: typeof hint === 'string' ? hint : hint(options),
      }),
    },
  });
}

function unsetRule({
  component,
  flags,
  unless = () => false,
  message,
  hint,
  ...described
}: UnsetRule): RuleOf<'component'> {
  return defineRule({
    ...described,
    scope: 'component',
    needs,
    messages: { unset: withSetting(message) },
    find(subject, { facts: { components } }) {
      const unset = components.firstUnset(subject, component, flags);
      if (unset === undefined) return [];
      if (unless((name) => components.setting(subject, component, name)?.value)) return [];
      return [{ is: 'unset', at: unset.place, unset }];
    },
    say: {
      unset: ({ unset }) => ({ said: unset.words, hint }),
    },
  });
}

/** What is wrong with an admission plugin. */
export interface PluginRule extends RuleDescription {
  readonly plugin: string;
  /** The state that is reported. */
  readonly bad: 'on' | 'off';
  readonly message: string;
  readonly hint: string;
}

/** Makes a rule about an admission plugin of kube-apiserver that is on, or off. The message key is the state. */
export function definePluginRule({ plugin, bad, message, hint, ...described }: PluginRule): RuleOf<'component'> {
  const text = withSetting(message);
  const base = { ...described, scope: 'component', needs } as const;
  const bads = (component: Component, components: ComponentFacts): readonly PluginState[] => {
    const state = components.plugin(component, plugin);
    return state?.on === (bad === 'on') ? [state] : [];
  };
  if (bad === 'on') {
    return defineRule({
      ...base,
      messages: { on: text },
      find: (component, { facts }) =>
        bads(component, facts.components).map((state) => ({ is: 'on', at: state.place, state })),
      say: { on: ({ state }) => ({ said: state.words, hint }) },
    });
  }
  return defineRule({
    ...base,
    messages: { off: text },
    find: (component, { facts }) =>
      bads(component, facts.components).map((state) => ({ is: 'off', at: state.place, state })),
    say: { off: ({ state }) => ({ said: state.words, hint }) },
  });
}

/** The message, and how the flag is set behind a colon. */
function withSetting(message: string): `${string}{said}` {
  return `${message}: {said}`;
}
