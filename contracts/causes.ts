// Groups findings by the mistake that causes them.

import { mustBeAdmitted, refusalSays } from './check/rules.ts'
import type { Law } from './law.ts'
import { laws } from './laws.ts'
import { answerIsWhatWasAskedFor } from './laws/identities.ts'
import { decimalsFitTheCurrency } from './laws/values.ts'
import type { ReportedViolation } from './report.ts'

/** Findings that one mistake explains: the same rule at the same place of the document, wherever and however often it was met. */
export interface Cause {
  /** The first finding stands for all. */
  readonly first: ReportedViolation
  readonly count: number
  /** Operations whose answers showed it, in the order in which they did. */
  readonly operations: readonly string[]
  /** What fell with it, at the same invoices of the same answers. */
  readonly consequences: readonly Cause[]
}

/**
 * Tells whether findings of one code follow from those of another on the same invoice: from a value that is malformed, whatever computes; and a
 * law from an earlier one with which it shares a role. What differs from its list entry follows from all of them.
 */
function isExplainedBy(code: string, other: string): boolean {
  if (code === other || code === schemaCode) return false
  const [law, earlier] = [lawOf(code), lawOf(other)]
  if (law === undefined || !(computes(law) || law === answerIsWhatWasAskedFor)) return false
  if (other === schemaCode || earlier === decimalsFitTheCurrency) return true
  if (earlier === undefined || !computes(earlier)) return false
  if (law === answerIsWhatWasAskedFor) return true
  const known = rolesOf(earlier)
  return laws.indexOf(earlier) < laws.indexOf(law) && [...rolesOf(law)].some((role) => known.has(role))
}

const schemaCode = 'OAS-SCHEMA'
const lawOf = (code: string): Law | undefined => laws.find((law) => law.code === code)
const computes = ({ uses }: Law): boolean => uses !== undefined
const rolesOf = ({ needs, uses = [] }: Law): ReadonlySet<string> => new Set([...needs.flat(), ...uses])

/**
 * Returns findings by their causes, in the order of the first finding of each. A cause all of whose findings are about invoices that an earlier
 * step of the computation had already broken in the same answer stands below the cause of that.
 */
export function causesOf(findings: readonly ReportedViolation[]): readonly Cause[] {
  const groups = new Map<string, ReportedViolation[]>()
  for (const finding of findings) {
    const key = keyOf(finding)
    const known = groups.get(key)
    if (known) known.push(finding)
    else groups.set(key, [finding])
  }
  const all = [...groups.values()].map((own): CauseGroup => ({
    own,
    code: (own[0] as ReportedViolation).code,
    invoices: invoicesOf(own),
  }))
  const parents = new Map(all.map((group) => [group, parentOf(group, all)]))
  const causeOf = (group: CauseGroup): Cause => ({
    first: group.own[0] as ReportedViolation,
    count: group.own.length,
    operations: [...new Set(group.own.map(({ operation }) => operation))].filter((id) => id !== ''),
    consequences: all.filter((other) => parents.get(other) === group).map(causeOf),
  })
  return all.filter((group) => parents.get(group) === undefined).map(causeOf)
}

interface CauseGroup {
  readonly own: readonly ReportedViolation[]
  readonly code: string
  /** The invoices that it is about, by answer; `undefined` where one finding is about none. */
  readonly invoices: ReadonlySet<string> | undefined
}

/** The first of those that explain a group and broke every invoice of it. */
function parentOf({ code, invoices }: CauseGroup, all: readonly CauseGroup[]): CauseGroup | undefined {
  if (!invoices) return undefined
  const explaining = all.filter(
    (other) => isExplainedBy(code, other.code) && other.invoices && isWithin(invoices, other.invoices),
  )
  return explaining.toSorted((left, right) => stepOf(left) - stepOf(right))[0]
}

/** Its place in the computation; what is malformed comes before it. */
const stepOf = ({ code }: CauseGroup): number => laws.findIndex((law) => law.code === code)

const isWithin = (part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean =>
  [...part].every((invoice) => whole.has(invoice))

function invoicesOf(findings: readonly ReportedViolation[]): ReadonlySet<string> | undefined {
  const invoices = findings.map(({ request, replay, invoice }) =>
    invoice === undefined ? undefined : JSON.stringify([request, replay, invoice]),
  )
  return invoices.includes(undefined) ? undefined : new Set(invoices as string[])
}

/** One place of the document is one mistake, in whatever answer it shows; what a rule of requests finds belongs to its operation. */
function keyOf({ code, says, severity, expected, place, operation, parameter, pointer }: ReportedViolation): string {
  const isOneMistake = expected === mustBeAdmitted.expected || code === 'PF-AUTH' || says === refusalSays
  if (isOneMistake) return JSON.stringify([code, says, severity])
  const want = code === 'OAS-SCHEMA' ? expected : ''
  const isAboutBody = pointer !== '' && place !== undefined && parameter === undefined
  const pattern = pointer.replace(/\/\d+(?=\/|$)/g, '/*')
  const name = pattern.replaceAll('/*', '').split('/').at(-1)
  return JSON.stringify(
    isAboutBody
      ? [code, says, severity, want, place.file, place.line, place.column, name]
      : [code, says, severity, want, operation, parameter, pattern],
  )
}

/** Returns how often more than once a cause was met, where, and what follows from it: for people, a line each. */
export function scopeOf({ count, operations, consequences }: Cause): readonly string[] {
  const where = operations.length > 1 ? `, in ${operations.join(', ')}` : ''
  const followed = all(consequences).map(({ first, count: times }) => `${first.code} (${times})`)
  return [
    ...(count > 1 ? [`and ${count - 1} more like it${where}`] : []),
    ...(followed.length > 0 ? [`what follows from it: ${followed.join(', ')}`] : []),
  ]
}

const all = (causes: readonly Cause[]): readonly Cause[] =>
  causes.flatMap((cause) => [cause, ...all(cause.consequences)])

/** Returns the number of causes that make a check fail. */
const causeCount = (causes: readonly Cause[]): number =>
  causes.filter((cause) => all([cause]).some(({ first }) => first.severity === 'error')).length

/** Returns `742 violations of 5 causes`; the causes are told only where they are fewer. */
export function violationCount(errors: number, violations: readonly ReportedViolation[]): string {
  const causes = causeCount(causesOf(violations))
  const told = `${errors} violation${errors === 1 ? '' : 's'}`
  return causes < errors ? `${told} of ${causes} cause${causes === 1 ? '' : 's'}` : told
}
