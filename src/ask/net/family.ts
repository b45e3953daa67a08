/** The address family to analyse; IPv4 when absent. */
export interface FamilyOptions {
  readonly family?: 4 | 6;
}
