import { writeFileSync } from 'node:fs'
import { stringify } from 'yaml'
import { isObject, join, split } from '../spec/index.ts'
import type { Model, Pointer } from '../spec/index.ts'

/** Writes the inferred roles as an OpenAPI Overlay 1.0, with the evidence as comments. */
export function writeOverlay(path: string, bare: Model, understood: Model): void {
  const why = new Map(
    understood.inferred?.bindings.map(({ pointer, confidence, evidence }) => [
      pointer,
      `${confidence.toFixed(2)}: ${evidence.join('; ')}`,
    ]),
  )
  const actions = actionsFor(bare.document, understood.document, '')
  const text = actions
    .map(({ pointer, ...action }) => {
      const comment = why.get(pointer)
      return `${comment === undefined ? '' : `  # ${comment.replace(/\s+/g, ' ')}\n`}${stringify([action], { lineWidth: 0 }).replace(/^/gm, '  ').trimEnd()}`
    })
    .join('\n')
  const head = stringify({ overlay: '1.0.0', info: { title: `What ${understood.title} means`, version: '1.0.0' } })
  writeFileSync(path, `${head}actions:\n${text}\n`)
}

interface Action {
  readonly pointer: Pointer
  readonly target: string
  readonly update?: unknown
  readonly remove?: true
}

/** Returns what makes one document of the other. */
function actionsFor(before: unknown, after: unknown, pointer: Pointer): Action[] {
  if (before === after || !isObject(after) || !isObject(before)) {
    if (!Array.isArray(before) || !Array.isArray(after)) return []
    return after.flatMap((item, index) => actionsFor(before[index], item, join(pointer, index)))
  }
  if (typeof before.$ref === 'string' && after.$ref === undefined)
    return [
      { pointer: '', target: `${pathOf(pointer)}['$ref']`, remove: true },
      { pointer, target: pathOf(pointer), update: after },
    ]
  const added = Object.entries(after).filter(([key]) => key.startsWith('x-') && !Object.hasOwn(before, key))
  return [
    ...(added.length > 0 ? [{ pointer, target: pathOf(pointer), update: Object.fromEntries(added) }] : []),
    ...Object.keys(before).flatMap((key) => actionsFor(before[key], after[key], join(pointer, key))),
  ]
}

/** Returns a pointer as a JSONPath (RFC 9535). */
const pathOf = (pointer: Pointer): string =>
  `$${split(pointer)
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `['${step.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`))
    .join('')}`
