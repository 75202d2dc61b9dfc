/**
 * Matchers for the `expect.extend` of Vitest and Jest: an answer satisfies its document and the laws.
 *
 * @module proforma/matchers
 */

import { failure, operationOf, readByRole, replyFor } from '../spec/index.ts'
import type { AnswerReading } from './conformance.ts'
import { judge, judgeObject } from './judge.ts'
import type { JudgeOptions, Verdict } from './judge.ts'
import { personalDataOf } from './mask/people.ts'
import { invoiceShapes, checkReadable, checksOf, modelOf, schemaNamed } from './matcher-subjects.ts'
import type { Api } from './matcher-subjects.ts'
import { failureMessage } from './reports/failure-message.ts'
import { shownJson } from './violation.ts'
import type { Violation } from './violation.ts'

/** What Vitest's and Jest's `expect.extend` take. */
export interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

/** The matchers as `expect` offers them; `R` is what an assertion returns. */
export interface ContractMatchers<R> {
  /** Holds a response against what an operation documents, and against the laws. Asynchronous. */
  toHonourContract(api: Api, operationId: string, options?: MatcherOptions): Promise<R>
  /** Holds a value against a schema: a name under `components/schemas`, or a pointer. */
  toMatchSchema(api: Api, schema: string, options?: ShownOptions): R
  /** Holds an invoice, or an answer with invoices, against the laws. */
  toAddUp(api: Api, options?: MatcherOptions): R
}

/** How to judge what is held against the laws. */
export interface MatcherOptions extends Pick<JudgeOptions, 'tolerance' | 'today' | 'laws'>, ShownOptions {}

/** How to show values that break a rule. */
export interface ShownOptions {
  /** As they came, people and secrets included; otherwise only their form is shown. */
  readonly showValues?: boolean
}

/**
 * Tells whether a response is one that an operation documents, and whether what it says holds: status, content type, headers,
 * body, and the laws for an answer of success. The response may still be read.
 * @throws Failure for what is no response, for one that has been read, an unknown API or operation, or an answer that the document documents illegibly.
 */
export async function toHonourContract(
  received: unknown,
  api: Api,
  operationId: string,
  options: MatcherOptions = {},
): Promise<MatcherResult> {
  const model = modelOf(api)
  const operation = operationOf(model, operationId)
  const response = readable(received)
  const { status, headers } = response
  const reply = replyFor(operation, status)
  for (const pointer of reply ? [reply.pointer, ...reply.content.flatMap(({ schema }) => schema ?? [])] : [])
    checkReadable(model, pointer)
  const answer = { status, headers, body: await response.text(), method: operation.method }
  const people = personalDataOf(model, options)
  const reading = checksOf(model).read(operation, answer)
  const found = [...reading.violations, ...(status >= 200 && status < 300 ? judged(reading) : [])]
  if (found.length > 0) people.seeAnswer(operation, answer)
  return verdict(
    found.map((one) => people.violation(one)),
    `the answer ${status} to honour ${model.name} ${operation.id}`,
  )

  function judged({ json }: AnswerReading): readonly Violation[] {
    return json?.schema === undefined ? [] : judge(model, json.schema, json.value, options).violations
  }
}

/**
 * Tells whether a value has the form that a schema documents.
 * @param schema a name under `components/schemas`, or a pointer
 * @throws Failure for an unknown API or schema, or one that cannot be read.
 */
export function toMatchSchema(received: unknown, api: Api, schema: string, options: ShownOptions = {}): MatcherResult {
  const model = modelOf(api)
  const pointer = schemaNamed(model, schema)
  checkReadable(model, pointer)
  const found = checksOf(model).body(pointer, received)
  const people = personalDataOf(model, options)
  if (found.length > 0) people.see(received, pointer)
  return verdict(
    found.map((one) => people.violation(one)),
    `the value to match ${model.name} ${schema}`,
  )
}

/**
 * Tells whether an invoice, or an answer with invoices, obeys the laws that its document's roles call for. A value in which no
 * law finds anything to judge does not add up.
 * @throws Failure for an unknown API.
 */
export function toAddUp(received: unknown, api: Api, options: MatcherOptions = {}): MatcherResult {
  const model = modelOf(api)
  const people = personalDataOf(model, options)
  const verdicts = invoiceShapes(model).map((shape) => {
    people.see(received, shape.pointer)
    return judgeObject(model, readByRole(shape, received), received, options)
  })
  const { violations, applied } = verdicts.reduce(better, { violations: [], applied: {} })
  const sentence = `the value to add up as ${model.name} writes invoices`
  if (Object.keys(applied).length > 0)
    return verdict(
      violations.map((one) => people.violation(one)),
      sentence,
    )
  return {
    pass: false,
    message: () => `Expected ${sentence}, but no law finds anything to judge in ${people.hide(shown(received))}.`,
  }
}

/** The matchers by name, for `expect.extend`. */
export const matchers = { toHonourContract, toMatchSchema, toAddUp } as const

const judgements = ({ applied }: Verdict): number => Object.values(applied).reduce((sum, count) => sum + count, 0)

/** The shape in which most can be judged is the one that was meant; of several, the one that fits best. */
function better(best: Verdict, candidate: Verdict): Verdict {
  const more = judgements(candidate) - judgements(best)
  return more > 0 || (more === 0 && candidate.violations.length < best.violations.length) ? candidate : best
}

/** Warnings do not fail; where something does, they are told too. */
function verdict(found: readonly Violation[], sentence: string): MatcherResult {
  const errors = found.filter(({ severity }) => severity === 'error').length
  if (errors === 0)
    return { pass: true, message: () => `Expected ${sentence.replace(' to ', ' not to ')}, but it does.` }
  return {
    pass: false,
    message: () =>
      failureMessage(`Expected ${sentence}, but found ${errors} violation${errors === 1 ? '' : 's'}:`, found),
  }
}

function readable(received: unknown): Response {
  const response = received as Partial<Response> | null | undefined
  if (typeof response?.clone !== 'function' || typeof response.status !== 'number') {
    throw failure('read a response', {
      expected: 'a Response, as fetch returns it',
      received: shown(received),
      ...(received instanceof Promise && { cure: 'Await it first.' }),
    })
  }
  if (response.bodyUsed)
    throw failure('read a response', {
      expected: 'one whose body has not been read',
      received: 'one that has',
      cure: 'Read a clone of it instead: response.clone().json().',
    })
  return response.clone()
}

/** A test may hold anything against a contract: functions, rings, big integers. */
function shown(value: unknown): string {
  try {
    return shownJson(value)
  } catch {
    return Object.prototype.toString.call(value)
  }
}

export { contractSuite } from './contract-suite.ts'
export type { ContractOptions, Runner, TestContext } from './contract-suite.ts'
export type { Api } from './matcher-subjects.ts'
