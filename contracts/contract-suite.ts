// Defines a test for each operation and law in a test runner.

import type { Fetch, Model } from '../spec/index.ts'
import { check } from './check.ts'
import type { CheckOptions } from './check/options.ts'
import { applies } from './law.ts'
import { laws as allLaws } from './laws.ts'
import { modelOf } from './matcher-subjects.ts'
import type { Api } from './matcher-subjects.ts'
import type { ReportedViolation, Report } from './report.ts'
import { failureMessage } from './reports/failure-message.ts'

/** The part of a test runner that is needed: Vitest's, Jest's and Node's fit. */
export interface Runner {
  describe(name: string, define: () => void): unknown
  it(name: string, run: (context?: TestContext) => void): unknown
  beforeAll(run: () => Promise<void>, timeout?: number): unknown
}

/** What a test is given by runners that can skip from within. */
export interface TestContext {
  skip?(note?: string): unknown
}

/** How to check, and how long that may take. */
export interface ContractOptions extends Partial<CheckOptions> {
  /** Milliseconds that all requests together may take, two minutes unless given. */
  readonly patience?: number
}

/**
 * Defines a suite with one test for every operation and every law of an API, all from one check of the server behind a `Fetch`.
 * An operation that was not asked, and a law that found nothing to judge, are skipped with the reason.
 * @throws Failure for an unknown API.
 */
export function contractSuite(
  { describe, it, beforeAll }: Runner,
  api: Api,
  fetch: Fetch,
  { patience = 120_000, baseUrl = 'http://localhost', ...options }: ContractOptions = {},
): void {
  const model = modelOf(api)
  let report: Report | undefined
  const found = (): Report => {
    if (report) return report
    throw new Error('The check that all tests of this suite tell about did not end.')
  }
  describe(`contract of ${model.title}`, () => {
    beforeAll(async () => {
      report = await check(model, fetch, { ...options, baseUrl })
    }, patience)
    if (model.diagnostics.length > 0)
      it('the document can be read', () =>
        fail(
          'the document',
          found().violations.filter(({ operation }) => operation === ''),
        ))
    // Jest takes a test that declares a parameter for one that calls it when it is done.
    describe('operations', () => {
      for (const { id, method, path } of [...model.operations, ...model.lost])
        it(`${id} (${method} ${path})`, (...given) => tellOperation(found(), id, given[0]))
    })
    describe('laws', () => {
      for (const { code, says } of lawsOf(model, options.laws))
        it(`${code} ${says}`, (...given) => tellLaw(found(), code, given[0]))
    })
  })
}

const lawsOf = (model: Model, codes: readonly string[] | undefined) =>
  allLaws.filter((law) => applies(law, model) && (codes?.includes(law.code) ?? true))

function tellOperation(
  { operations, violations, skipped, laws }: Report,
  id: string,
  context: TestContext | undefined,
): void {
  const codes = new Set(laws.map(({ code }) => code))
  fail(
    id,
    violations.filter(({ operation, code }) => operation === id && !codes.has(code)),
  )
  if (operations.find((operation) => operation.id === id)?.requests === 0)
    context?.skip?.(skipped.find(({ what }) => what === id)?.reason ?? 'not asked')
}

function tellLaw({ laws, violations }: Report, code: string, context: TestContext | undefined): void {
  fail(
    code,
    violations.filter((finding) => finding.code === code),
  )
  const law = laws.find((one) => one.code === code)
  if (!law) context?.skip?.('it is turned off')
  else if (law.applied === 0) context?.skip?.('nothing to judge')
}

function fail(what: string, findings: readonly ReportedViolation[]): void {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  if (errors === 0) return
  const error = new Error(
    failureMessage(`Expected ${what} to hold, but found ${errors} violation${errors === 1 ? '' : 's'}:`, findings),
  )
  // Where it was thrown says nothing about where the server is wrong.
  error.stack = error.message
  throw error
}
