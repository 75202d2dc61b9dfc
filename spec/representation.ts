/** How a whole document writes a kind of value, as `x-representation` at its root; a binding's own words win. */
export interface Representation {
  readonly amount?: 'minor' | 'major'
  /** How many items resources have whose rows are no ledger's, by name. */
  readonly rows?: Readonly<Record<string, number>>
  /** Whether its invoices are those that a company sends (the rule), or those that it gets from its vendors. */
  readonly direction?: 'receivable' | 'payable'
  readonly id?: 'uuid' | 'integer' | 'prefixed' | 'token'
  readonly date?: 'date' | 'date-time'
  /** Prefix of prefixed identities, by entity or role: `{ invoice: inv_, call.workflow: wfl_ }`. */
  readonly prefixes?: Readonly<Record<string, string>>
  /** What becomes of a value that is not there: `null` where the schema allows it (the rule), or left out. */
  readonly absent?: 'null' | 'omit'
  /** Whether tax is rounded on each line or on the sum of each rate. */
  readonly rounding?: 'line' | 'total'
  /** Which optional properties are there; as real data has them (the rule), all, or none. */
  readonly optional?: 'all' | 'none' | 'realistic'
}
