/** The `{placeholders}` of a message, read off its literal type. */
export type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** What must be given to fill a message: exactly its placeholders. */
export type MessageData<Text extends string> = Readonly<Record<Placeholders<Text>, string | number>>;

/** The message with its placeholders filled in; one without data is left as written, so that a mistake shows. */
export function fillMessage(text: string, data: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{([a-z]+)\}/gi, (placeholder, name: string) => {
    const value = data[name];
    return value === undefined ? placeholder : String(value);
  });
}
