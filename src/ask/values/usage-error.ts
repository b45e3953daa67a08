/** An error that the user can fix: shown as one line and a hint, without a stack. */
export class UserError extends Error {
  /** What to do about it, one sentence; absent when the message says it all. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = new.target.name;
    this.hint = hint;
  }
}

/** The question or the command cannot be answered as it was put: a name that nothing has, an unknown option, a path that does not exist. */
export class UsageError extends UserError {}
