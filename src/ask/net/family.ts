/** Which family of addresses is asked about; IPv4 when absent. */
export interface FamilyOptions {
  readonly family?: 4 | 6;
}
