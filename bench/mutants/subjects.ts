/** The arithmetic that mutants are made of, and the tests that are about it. */
export const subjects: readonly { readonly files: readonly string[]; readonly tests: readonly string[] }[] = [
  {
    files: [
      'contracts/equation.ts',
      'contracts/terms.ts',
      'contracts/clauses.ts',
      'contracts/laws/lines.ts',
      'contracts/laws/pages.ts',
      'contracts/laws/status.ts',
      'contracts/laws/tax-breakdown.ts',
      'contracts/laws/totals.ts',
      'contracts/laws/values.ts',
    ],
    tests: [
      'test/contracts/edges.test.ts',
      'test/contracts/terms.test.ts',
      'test/contracts/laws.test.ts',
      'test/contracts/sameness.test.ts',
      'test/contracts/tax-laws.test.ts',
      'test/contracts/tax-breakdown.test.ts',
      'test/contracts/optional-terms.test.ts',
      'test/contracts/direction.test.ts',
      'test/contracts/en16931.test.ts',
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
      'test/factories/ledger/calculate.test.ts',
      'test/factories/ledger/ledger.test.ts',
      'test/golden.test.ts',
    ],
  },
  {
    files: ['mocks/operations/filter.ts', 'mocks/operations/finder.ts', 'mocks/operations/invoices.ts'],
    tests: ['test/list-edges.test.ts', 'test/lists.test.ts'],
  },
]
