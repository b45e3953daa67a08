/** What somebody wants to do, as the authorizer is asked. With `nonResourceURL` the other fields but `verb` mean nothing. */
export interface Action {
  readonly verb: string;
  /** '' or absent: the core group. */
  readonly apiGroup?: string;
  readonly resource?: string;
  readonly subresource?: string;
  /** '' or absent: no single object (list, create). */
  readonly name?: string;
  /** '' or absent: cluster-wide. */
  readonly namespace?: string;
  readonly nonResourceURL?: string;
}

/** Who wants to do what. Without `groups`, the user has those that the authenticator gives (`authenticatedGroups`). */
export interface Attributes extends Action {
  readonly user: string;
  readonly groups?: readonly string[];
}
