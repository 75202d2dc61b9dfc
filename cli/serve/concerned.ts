import { join } from '../../spec/index.ts'
import type { Diagnostic, Model, Operation, Pointer, ToldDiagnostic } from '../../spec/index.ts'

/** Faults of which it is looked up: no more are told one by one. */
const most = 20

/** Returns the faults of a model, the first ones with the operations whose answers have something to do with them. */
export function faultsWithConcerned(model: Model): readonly ToldDiagnostic[] {
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
