import type { Severity } from './finding.ts';

/** A message that a rule may say: its text, or its text with a default level of its own in place of the rule's. */
export type Message =
  | string
  | {
      readonly level: Severity;
      readonly text: string;
      /**
       * What is said once of all manifests together where a cluster has more than a few findings of the message. Beside `{count}`, a placeholder
       * stands for what the findings filled it with, the first few, each in backticks.
       */
      readonly many?: string;
    };
/** The messages of a rule, by their keys. */
export type Messages = Readonly<Record<string, Message>>;

/** The text of a message, as a literal type. */
export type TextOf<M extends Message> = M extends { readonly text: infer Text extends string }
  ? Text
  : M extends string
    ? M
    : never;

/** The `{placeholders}` of a message, read off its literal type. */
export type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** What must be given to fill a message: exactly its placeholders. */
export type MessageData<M extends Message> = Readonly<Record<Placeholders<TextOf<M>>, string | number>>;

/** The text of a message, whether it stands alone or beside a level. */
export function messageText(message: Message): string {
  return typeof message === 'string' ? message : message.text;
}

/** The message with its placeholders filled in; one without data is left as written, so that a mistake shows. */
export function fillMessage(text: string, data: Readonly<Record<string, string | number | undefined>>): string {
  return text.replaceAll(/\{([a-z]+)\}/gi, (placeholder, name: string) => {
    const value = data[name];
    return value === undefined ? placeholder : String(value);
  });
}
