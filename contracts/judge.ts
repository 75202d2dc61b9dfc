// Applies the laws to business objects and returns violations.

import { readByRole, nameOf } from '../spec/index.ts'
import type { BusinessObject, Day, ObjectForm, Model, Pointer, Binding } from '../spec/index.ts'
import type { AskedFor, LawFinding, LawContext, Judge, Law } from './law.ts'
import { lawsFor } from './laws.ts'
import type { Violation } from './violation.ts'

/** What the laws say of a body. */
export interface Verdict {
  readonly violations: readonly Violation[]
  /** How many objects each law judged, by its code; laws that found nothing to judge are missing. */
  readonly applied: Readonly<Record<string, number>>
}

/** How to judge. */
export interface JudgeOptions {
  /** Laws to hold against it; all that the document's bindings call for, unless given. */
  readonly laws?: readonly Law[]
  /** Difference in minor units that arithmetic may have; 0 unless given. */
  readonly tolerance?: number
  /** The day it is; without it, what depends on the day is not judged. */
  readonly today?: Day
  readonly asked?: AskedFor
}

/**
 * Returns what the laws say of a body.
 * @param schema where the body's schema stands in the document
 * @example judge(model, '/components/schemas/Invoice', body, { today }).violations
 */
export const judge = (model: Model, schema: Pointer, body: unknown, options: JudgeOptions = {}): Verdict =>
  judgeObject(model, readByRole(model.shape(schema), body), body, options)

/** Returns what the laws say of a business object and all below it. */
export function judgeObject(
  model: Model,
  root: BusinessObject,
  body: unknown,
  { laws = lawsFor(model), tolerance = 0, today, asked }: JudgeOptions = {},
): Verdict {
  const { bound, representation, locate, document } = model
  const context: LawContext = {
    bound,
    representation,
    locate,
    document,
    body,
    tolerance,
    ...(today !== undefined && { today }),
    ...(asked && { asked }),
  }
  const objects = root.within()
  // Objects of a form have the same clauses to meet: of some hundred few concern each.
  const groups = [...Map.groupBy(objects, ({ form }) => form)].map(([form, alike]) => ({
    form,
    alike,
    judges: judgesFor(laws, form),
  }))
  const violations: Violation[] = []
  const applied: Record<string, number> = {}
  for (const [index, law] of laws.entries()) {
    const found = new Map<BusinessObject, readonly LawFinding[]>()
    let count = 0
    for (const { alike, judges } of groups) count += judgeAlike(alike, judges[index] ?? [], context, found)
    if (count > 0) applied[law.code] = count
    if (found.size === 0) continue
    for (const object of objects)
      for (const finding of found.get(object) ?? []) violations.push(violationOf(law, finding, object, model))
  }
  return { violations, applied }
}

/** Collects what does not hold of objects of one form; returns how many of them state what is judged. */
function judgeAlike(
  objects: readonly BusinessObject[],
  judges: readonly Judge[],
  context: LawContext,
  found: Map<BusinessObject, readonly LawFinding[]>,
): number {
  if (judges.length === 0) return 0
  let count = 0
  for (const object of objects) {
    let isJudged = false
    for (const each of judges) {
      const findings = each(object, context)
      if (!findings) continue
      isJudged = true
      if (findings.length > 0) found.set(object, [...(found.get(object) ?? []), ...findings])
    }
    if (isJudged) count++
  }
  return count
}

const judgesByForm = new WeakMap<readonly Law[], WeakMap<ObjectForm, readonly (readonly Judge[])[]>>()

/** Returns what each law has to say about objects of a form; found once. */
function judgesFor(laws: readonly Law[], form: ObjectForm): readonly (readonly Judge[])[] {
  const forms = judgesByForm.get(laws) ?? new WeakMap<ObjectForm, readonly (readonly Judge[])[]>()
  judgesByForm.set(laws, forms)
  const judges =
    forms.get(form) ??
    laws.map(({ about, clauses }) =>
      about === 'any' || about === form.entity
        ? clauses.map((clause) => clause(form)).filter((each) => each !== undefined)
        : [],
    )
  forms.set(form, judges)
  return judges
}

/** What rests on a role that was inferred and is not sure is a warning that says so. */
function violationOf(law: Law, finding: LawFinding, object: BusinessObject, model: Model): Violation {
  const { code, says } = law
  const { at, received } = finding
  const doubt = doubtAbout(law, finding, object, model)
  const severity = doubt === undefined ? (finding.severity ?? 'error') : 'warning'
  const expected = doubt === undefined ? finding.expected : `${finding.expected}, unless ${doubt}`
  const pointer = typeof at === 'string' ? at : at.pointer
  const place = typeof at === 'string' || at.schema === undefined ? undefined : model.locate(at.schema)
  const invoice = object.nearest('invoice')?.pointer
  return {
    code,
    says,
    severity,
    pointer,
    expected,
    received,
    ...(place && { place }),
    ...(invoice !== undefined && { invoice }),
  }
}

/** Inferred bindings that are surer than this are taken as if a person had written them. */
const sureEnough = 0.9

/**
 * Returns why a finding may be a misunderstanding, or `undefined` where all it depends on is sure: a role that was inferred and is not
 * sure, or, for sums, an amount of the invoice that was not understood at all.
 * @example '"amount" is no invoice.total (inferred, 0.82 sure)'
 */
function doubtAbout(
  { needs, uses, about }: Law,
  { at, of = [] }: LawFinding,
  object: BusinessObject,
  { inferred }: Model,
): string | undefined {
  if (!inferred) return undefined
  const roles = new Set<string>([...needs.flat(), ...(uses ?? []), ...of])
  let least: { readonly binding: Binding; readonly name: string } | undefined
  const weigh = (binding: Binding, name: string): void => {
    if (binding.confidence === undefined || binding.confidence >= sureEnough) return
    if (!least || binding.confidence < (least.binding.confidence as number)) least = { binding, name }
  }
  if (typeof at !== 'string') weigh(at.binding, at.pointer.split('/').at(-1) as string)
  for (const { form } of object.within())
    for (const { properties } of form.statements)
      for (const { binding, name } of properties)
        if (roles.has(nameOf(binding)) || roles.has(binding.role)) weigh(binding, name)
  if (least)
    return `"${least.name}" is no ${nameOf(least.binding)} (inferred, ${String(least.binding.confidence)} sure)`
  const [unbound] = uses && (about === 'invoice' || about === 'line') ? inferred.unbound : []
  return unbound && `"${unbound.path.join('/')}", which was not understood, takes part in it`
}
