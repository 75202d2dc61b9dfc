// Runs one fast-check property and writes its smallest failure as a test.

import { literal } from '../../spec/index.ts'
import type { Operation } from '../../spec/index.ts'
import { mask, maskedHeader } from '../check/credentials.ts'
import type { ComposedRequest } from '../check/request.ts'
import type { Arbitrary, Fc } from './arbitrary.ts'
import type { Aim, Probed } from './probe.ts'
import type { FuzzFailure, PropertyReport, TestSource } from './report.ts'
import type { Violation } from '../violation.ts'

/** One request of a run. */
export interface FuzzStep {
  readonly operation: Operation
  readonly aim: Aim
  readonly probed: Probed
}

/** A property that is run. */
export interface FuzzProperty {
  readonly operation: Operation | undefined
  readonly kind: PropertyReport['kind']
  readonly arbitrary: Arbitrary
  readonly run: (drawn: never) => Promise<readonly FuzzStep[]>
}

/** How it is run. */
export interface PropertyOptions {
  readonly seed: number
  readonly numRuns: number
  readonly api: string
  readonly baseUrl: string
  readonly source?: TestSource
  readonly path?: string
  /** Called before every run. */
  readonly reset?: () => Promise<void>
}

/** Requests that shrinking may take; few where each is waited for in vain. */
const mostShrinks = 300
const mostWaits = 10

/** Runs one property and returns what became of it, with the smallest failure that was found. */
export async function runProperty(
  fc: Fc,
  { operation, kind, arbitrary, run }: FuzzProperty,
  { seed, numRuns, path, reset, ...target }: PropertyOptions,
): Promise<PropertyReport> {
  const statuses: Record<string, number> = {}
  const violated = new Error('violated')
  let smallest: readonly FuzzStep[] | undefined
  let shrinks = 0
  const property = fc.asyncProperty(arbitrary, async (drawn) => {
    if (smallest && ++shrinks > (smallest.at(-1)?.probed.isLost ? mostWaits : mostShrinks)) return
    await reset?.()
    const steps = await run(drawn as never)
    for (const {
      probed: { status },
    } of steps)
      statuses[String(status)] = (statuses[String(status)] ?? 0) + 1
    const wrong = steps.findIndex(({ probed }) => errorsIn(probed).length > 0)
    if (wrong < 0) return
    smallest = steps.slice(0, wrong + 1)
    throw violated
  })
  const details = await fc.check(property, { seed, numRuns, ...(path !== undefined && { path }) })
  // What is no violation is no news about the server.
  if (details.failed && details.errorInstance !== violated) throw details.errorInstance
  const report = { ...(operation && { operation: operation.id }), kind, runs: details.numRuns, statuses }
  return details.failed && smallest
    ? { ...report, failure: failureOf(smallest, details.counterexamplePath ?? '', target) }
    : report
}

const errorsIn = ({ violations }: Probed): readonly Violation[] =>
  violations.filter(({ severity }) => severity === 'error')

function failureOf(
  steps: readonly FuzzStep[],
  path: string,
  { api, baseUrl, source }: Pick<PropertyOptions, 'api' | 'baseUrl' | 'source'>,
): FuzzFailure {
  const last = steps.at(-1) as FuzzStep
  const { composed } = last.probed
  // The line has its credentials masked, the address has not.
  const url = baseUrl.replace(/\/+$/, '') + composed.line.slice(composed.method.length + 1)
  return {
    path,
    operation: last.operation.id,
    status: last.probed.status,
    violations: errorsIn(last.probed),
    requests: steps.map(
      ({ probed }) => `${probed.composed.line} → ${probed.status === 0 ? 'no answer' : probed.status}`,
    ),
    curl: steps.map(({ probed }) => probed.composed.replay),
    test: testFor(
      api,
      last.operation.id,
      { ...composed, url },
      {
        aim: last.aim,
        isRefused: errorsIn(last.probed).some(({ code }) => code === 'PF-OK'),
        ...(source && { source }),
      },
    ),
  }
}

/** What a test is about. */
interface TestOptions {
  readonly aim: Aim
  /** A refusal is what is wrong. */
  readonly isRefused?: boolean
  readonly source?: TestSource
}

/** Returns a Vitest test that fails as long as a server answers a request wrongly; credentials come from the environment. */
function testFor(
  api: string,
  operation: string,
  { method, url, headers, body }: ComposedRequest,
  { aim, isRefused = false, source }: TestOptions,
): string {
  const sent = [...headers]
    .filter(([name]) => name !== 'accept')
    .map(
      ([name, value]) =>
        `${/^(?!\d|__proto__$)\w+$/.test(name) ? name : `[${literal(name)}]`}: ${valueOf(name, maskedHeader(name, value))}`,
    )
  const init = [
    `method: ${literal(method)}`,
    ...(sent.length > 0 ? [`headers: { ${sent.join(', ')} }`] : []),
    ...(body === undefined ? [] : [`body: ${literal(body)}`]),
  ]
  return [
    "import { expect, it } from 'vitest'",
    "import 'proforma/vitest'",
    ...(source
      ? [
          "import { load } from 'proforma/load'",
          '',
          `const api = load(${literal(source.document)}${source.overlays ? `, { overlays: [${source.overlays.map(literal).join(', ')}] }` : ''})`,
        ]
      : []),
    '',
    `it(${literal(`${operation} ${aim === 'invalid' ? 'refuses what its document forbids' : 'honours its contract'}`)}, async () => {`,
    `  const response = await fetch(${literal(url)}, { ${init.join(', ')} })`,
    ...(aim === 'invalid' ? ['  expect(response.status).toBeGreaterThanOrEqual(400)'] : []),
    `  expect(response.status).toBeLessThan(${isRefused ? 400 : 500})`,
    `  await expect(response).toHonourContract(${source ? 'api' : literal(api)}, ${literal(operation)})`,
    '})',
  ].join('\n')
}

/** In the printed test: it runs in Node, this does not have to. */
const environment = ['process', 'env'].join('.')

/** A masked value lets nobody in: the variable is named as the header is. */
const valueOf = (name: string, shown: string): string =>
  shown === mask ? `${environment}.${variable(name)} ?? ${literal(mask)}` : literal(shown)

const variable = (name: string): string =>
  name
    .toUpperCase()
    .replace(/\W/g, '_')
    .replace(/^(?=\d)/, '_')
