// Prints diagnostics of documents and summaries of inferred roles on standard error.

import { join, sentencesOf } from '../spec/index.ts'
import type { Diagnostic, Inferred, Model, Operation, Pointer, ToldDiagnostic } from '../spec/index.ts'
import { formatTable } from './terminal.ts'
import { warnLine } from './output.ts'

/** Says on standard error what could not be read of a document: all else that it says is done. */
export function printDiagnostics({
  diagnostics,
  locate,
}: {
  readonly diagnostics: readonly ToldDiagnostic[]
  readonly locate: Model['locate']
}): void {
  for (const sentence of sentencesOf(diagnostics, locate)) warnLine(sentence)
}

/** Faults of which it is looked up: no more are told one by one. */
const most = 20

/** Returns the faults of a model, the first ones with the operations whose answers have something to do with them. */
export function diagnosticsWithOperations(model: Model): readonly ToldDiagnostic[] {
  if (model.diagnostics.length === 0) return []
  const below = new Map<Pointer, readonly Diagnostic[]>()
  const diagnosticsBelow = (schema: Pointer): readonly Diagnostic[] => {
    const found = below.get(schema) ?? model.diagnosticsBelow(schema)
    below.set(schema, found)
    return found
  }
  const first = new Map(model.diagnostics.slice(0, most).map(({ pointer }) => [pointer, new Set<string>()]))
  for (const operation of model.operations) {
    for (const schema of schemasOf(operation))
      for (const { pointer } of diagnosticsBelow(schema)) first.get(pointer)?.add(operation.id)
    for (const [pointer, concerned] of first) if (isInAnswers(pointer, operation)) concerned.add(operation.id)
  }
  return model.diagnostics.map((fault) => ({ ...fault, concerns: [...(first.get(fault.pointer) ?? [])] }))
}

const schemasOf = ({ replies }: Operation): Pointer[] =>
  replies.flatMap(({ content }) => content.flatMap(({ schema }) => schema ?? []))

const isInAnswers = (fault: Pointer, { pointer, replies }: Operation): boolean =>
  fault === join(pointer, 'responses') ||
  replies.some((reply) => fault === reply.pointer || fault.startsWith(`${reply.pointer}/`))

/** Says on standard error what was understood of documents without roles, one line each. */
export function printInferences(models: readonly Model[]): void {
  for (const { inferred } of models) if (inferred?.resource !== undefined) warnLine(inferenceSummary(inferred))
}

/** Returns how many amounts are bound, and which are not: `invoices: 14 of 17 amounts bound; not understood: adjustment_total`. */
export function inferenceSummary({ resource, bindings, unbound }: Inferred): string {
  const amounts = new Set(
    bindings.filter(({ annotation }) => annotation.unit !== undefined).map(({ pointer }) => pointer),
  )
  const rest = new Map(unbound.map(({ pointer, path }) => [pointer, path.join('.')]))
  const names = [...new Set(rest.values())]
  const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '')
  return `${resource}: ${amounts.size} of ${amounts.size + rest.size} amounts bound${names.length > 0 ? `; not understood: ${shown}` : ''} (roles inferred; --no-infer serves without)`
}

/** Returns the roles that were inferred, where, how surely and why, and what is open. */
export function inferenceReport(inferred: Inferred): string {
  const bound = new Map(inferred.bindings.map((binding) => [binding.pointer, binding]))
  const rows = [...bound.values()].map(({ pointer, annotation, confidence, evidence }) => [
    pointer,
    annotation.of === undefined ? annotation.role : `${annotation.role} of ${annotation.of}`,
    confidence.toFixed(2),
    evidence.join('; '),
  ])
  const open = inferred.questions.map(({ pointer, guess, confidence, why }) => [
    pointer,
    guess === undefined ? '?' : `${guess}?`,
    confidence.toFixed(2),
    why,
  ])
  return [
    inferenceSummary(inferred),
    formatTable([['place', 'role', 'confidence', 'why'], ...rows]),
    ...(open.length > 0 ? [`Not bound, because it is not sure:\n${formatTable(open)}`] : []),
  ].join('\n\n')
}
