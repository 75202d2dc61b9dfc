import { boundsBesideRoles } from './bounds.ts'
import type { Document, Locate } from './document.ts'
import { failure, withinReason } from './failure.ts'
import type { Fault } from './fault.ts'
import { isOpenApi, kindOf } from './kind.ts'
import { mend } from './mend.ts'
import type { Mended } from './mend.ts'
import { makeModel } from './model.ts'
import type { Model } from './model.ts'
import { fromSwagger, isSwagger } from './swagger.ts'
import { trapsIn } from './traps.ts'
import { upgrade } from './upgrade.ts'

/** What to call a document, and how to find its parts in its files. */
export interface CompileOptions {
  readonly name: string
  readonly locate?: Locate
  /** What could not be read of its files. */
  readonly faults?: readonly Fault[]
  /** Files that it was read from. */
  readonly files?: readonly string[]
}

/**
 * Returns the model of a document whose overlay has been applied; one of Swagger 2.0 or OpenAPI 3.0 is read as 3.1. Mistakes in the document
 * (references that lead nowhere or in a circle, schemas that cannot be read) become its faults, and the rest of it is compiled.
 * @throws Failure for a document that is no OpenAPI 3 or nests too deep, or an unknown role.
 */
export function compile(document: Document, options: CompileOptions): Model {
  const { name, locate = () => undefined } = options
  if (isSwagger(document)) {
    const { document: modern, origin } = withinReason(`compile "${name}"`, () => fromSwagger(document))
    return compile(modern, { ...options, locate: (pointer) => locate(origin(pointer)) })
  }
  if (!isOpenApi(document))
    throw failure(`compile "${name}"`, { expected: 'an OpenAPI 3.0, 3.1 or 3.2 document', received: kindOf(document) })
  const { faults = [], ...rest } = options
  const read = (stated: Document): Mended => {
    const mended = mend(stated)
    return { ...mended, faults: withKnown(mended.faults, faults) }
  }
  return withinReason(`compile "${name}"`, () => {
    const model = makeModel(upgrade(document), { ...rest, read })
    const told = [...boundsBesideRoles(model), ...trapsIn(model)]
    return told.length === 0 ? model : { ...model, faults: [...model.faults, ...told] }
  })
}

/** What is known of a place already says more than what is found there once it has not been read. */
function withKnown(faults: readonly Fault[], known: readonly Fault[]): readonly Fault[] {
  if (known.length === 0) return faults
  const places = new Map(known.map((fault) => [fault.pointer, fault]))
  const found = new Set(faults.map(({ pointer }) => pointer))
  return [
    ...known.filter(({ pointer, place }) => place !== undefined || !found.has(pointer)),
    ...faults.map((fault) => {
      const reason = places.get(fault.pointer)
      return reason && reason.place === undefined ? { ...reason, loses: fault.loses } : fault
    }),
  ]
}
