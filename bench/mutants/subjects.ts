/** The arithmetic that mutants are made of, and the tests that are about it. */
export const subjects: readonly { readonly files: readonly string[]; readonly tests: readonly string[] }[] = [
  {
    files: [
      'contracts/amount.ts',
      'contracts/terms.ts',
      'contracts/clauses/each.ts',
      'contracts/clauses/equation.ts',
      'contracts/clauses/order.ts',
      'contracts/clauses/points-at.ts',
      'contracts/clauses/same-everywhere.ts',
      'contracts/clauses/unique.ts',
      'contracts/laws/decimals-fit-the-currency.ts',
      'contracts/laws/page-agrees-with-items.ts',
      'contracts/laws/payments-sum-to-paid.ts',
      'contracts/laws/repeated-values-agree.ts',
      'contracts/laws/status-agrees.ts',
      'contracts/laws/tax-is-base-times-rate.ts',
    ],
    tests: [
      'test/contracts/edges.test.ts',
      'test/contracts/terms.test.ts',
      'test/contracts/laws.test.ts',
      'test/contracts/sameness.test.ts',
    ],
  },
  {
    files: [
      'factories/ledger/amend.ts',
      'factories/ledger/derive.ts',
      'factories/ledger/calculate.ts',
      'factories/ledger/pins.ts',
    ],
    tests: [
      'test/factories/edges.test.ts',
      'test/factories/pins.test.ts',
      'test/factories/ledger/draft.test.ts',
      'test/factories/ledger/ledger.test.ts',
      'test/golden.test.ts',
    ],
  },
  {
    files: ['mocks/filter.ts', 'mocks/search.ts', 'mocks/operations/list.ts'],
    tests: ['test/list-edges.test.ts', 'test/lists.test.ts'],
  },
]
