import { writeFileSync } from 'node:fs'
import { stringify } from 'yaml'
import { isObject, join, split } from '../spec/index.ts'
import type { Model, Pointer } from '../spec/index.ts'

/** Writes the inferred roles to a file, as an OpenAPI Overlay 1.0 with the evidence as comments. */
export function writeOverlay(path: string, bare: Model, understood: Model): void {
  writeFileSync(path, overlayText(bare, understood))
}

/** Returns the roles that one model has and the other has not as the YAML of an OpenAPI Overlay 1.0, with the evidence as comments. */
export function overlayText(
  bare: Pick<Model, 'document'>,
  understood: Pick<Model, 'document' | 'inferred' | 'title'>,
): string {
  const why = new Map(
    understood.inferred?.bindings.map(({ pointer, confidence, evidence }) => [
      pointer,
      `${confidence.toFixed(2)}: ${evidence.join('; ')}`,
    ]),
  )
  const actions = overlayActions(bare.document, understood.document)
  const text = actions
    .map(({ pointer, ...action }) => {
      const comment = why.get(pointer)
      return `${comment === undefined ? '' : `  # ${comment.replace(/\s+/g, ' ')}\n`}${stringify([action], { lineWidth: 0 }).replace(/^/gm, '  ').trimEnd()}`
    })
    .join('\n')
  const head = stringify({ overlay: '1.0.0', info: { title: `What ${understood.title} means`, version: '1.0.0' } })
  return `${head}actions:\n${text}\n`
}

export interface OverlayAction {
  readonly pointer: Pointer
  readonly target: string
  readonly update?: unknown
  readonly remove?: true
}

/** Returns the actions that add to a document what another version of it has more of. */
export function overlayActions(bare: unknown, richer: unknown): OverlayAction[] {
  const actionsAt = (before: unknown, after: unknown, pointer: Pointer): OverlayAction[] => {
    if (before === after || !isObject(after) || !isObject(before)) {
      if (!Array.isArray(before) || !Array.isArray(after)) return []
      return after.flatMap((item, index) => actionsAt(before[index], item, join(pointer, index)))
    }
    const target = jsonPathOf(bare, pointer)
    if (typeof before.$ref === 'string' && after.$ref === undefined)
      return [
        { pointer: '', target: `${target}['$ref']`, remove: true },
        { pointer, target, update: after },
      ]
    const added = Object.entries(after).filter(([key]) => key.startsWith('x-') && !Object.hasOwn(before, key))
    return [
      ...(added.length > 0 ? [{ pointer, target, update: Object.fromEntries(added) }] : []),
      ...Object.keys(before).flatMap((key) => actionsAt(before[key], after[key], join(pointer, key))),
    ]
  }
  return actionsAt(bare, richer, '')
}

/** Returns a pointer into a document as a JSONPath (RFC 9535): `[0]` is an item of a list, `['200']` a member of an object. */
export function jsonPathOf(document: unknown, pointer: Pointer): string {
  let here = document
  const steps = split(pointer).map((step) => {
    const isItem = Array.isArray(here)
    here = (here as Readonly<Record<string, unknown>> | undefined)?.[step]
    return isItem ? `[${step}]` : `['${step.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`
  })
  return `$${steps.join('')}`
}
