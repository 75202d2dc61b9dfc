import { conformance, judge, lawsFor } from '../../contracts/index.ts'
import type { BodyReading } from '../../desk/index.ts'
import { invoicesIn, nameOf, operationOf, readByRole } from '../../spec/index.ts'
import type { Day, Model } from '../../spec/index.ts'
import { breachOf } from './log-calls.ts'
import { paperOf } from './paper.ts'

/** An answer to be read. */
interface AnswerText {
  /** operationId */
  readonly operation: string
  readonly status: number
  readonly contentType: string
  readonly body: string
  readonly today: Day
}

/** Returns what roles, laws and schema say of an answer. @throws Failure for an unknown operation. */
export function readAnswer(model: Model, { operation: id, status, contentType, body, today }: AnswerText): BodyReading {
  const operation = operationOf(model, id)
  const headers = new Headers({ 'content-type': contentType })
  const { violations, json } = conformance(model).read(operation, { status, headers, body })
  if (json?.schema === undefined) return { roles: {}, laws: [], conformance: violations.map(breachOf) }
  const root = readByRole(model.shape(json.schema), json.value)
  const verdict = judge(model, json.schema, json.value, { today })
  const [invoice] = root.entity === 'invoice' ? [root] : invoicesIn(root)
  const roles = root
    .within()
    .flatMap((object) => object.occurrences.map(({ pointer, binding }) => [pointer, nameOf(binding)] as const))
  return {
    ...(invoice && { invoice: paperOf(invoice, model) }),
    roles: Object.fromEntries(roles),
    laws: lawsFor(model)
      .filter(({ code }) => verdict.applied[code] !== undefined)
      .map(({ code, says }) => ({
        code,
        says,
        judged: verdict.applied[code] as number,
        breaches: verdict.violations.filter((violation) => violation.code === code).map(breachOf),
      })),
    conformance: violations.map(breachOf),
  }
}
