// Runs the roles command: prints the roles of a document, or writes inferred ones as an overlay.

import { Document as YamlDocument, isMap } from 'yaml'
import {
  atPointer,
  isObject,
  join,
  literal,
  nameOf,
  printable,
  roles,
  split,
  successOf,
  termOf,
} from '../spec/index.ts'
import type { Binding, Place, CoreRole, Model, Pointer, Shape } from '../spec/index.ts'
import { printText, warnLine } from './output.ts'
import { usageError } from './usage-error.ts'
import { writeText } from './write-text.ts'
import { modelFor, openModel } from './models.ts'
import { yamlText } from './yaml.ts'
import { readOptions } from './options/read.ts'
import type { Flags } from './options/table.ts'
import { formatSection } from './terminal.ts'
import { inferenceReport, inferenceSummary } from './diagnostics.ts'

/**
 * Prints the vocabulary, or the roles that an API binds, and returns 0.
 * @throws Failure for an unknown name, or a document that cannot be read or compiled.
 */
export async function rolesCommand(name: string | undefined, flags: Flags<'roles'>): Promise<number> {
  const options = readOptions('roles', flags)
  const model = name === undefined && options.document === undefined ? undefined : openModel(name, options)
  if (options.to !== undefined) {
    if (!model?.inferred)
      throw usageError('--to', {
        expected: 'a --document without roles, in which invoices are found',
        received: 'another',
      })
    await writeText(options.to, overlayText(modelFor(name, { ...options, infer: false }), model), { force: true })
    warnLine(`Wrote the inferred roles to ${options.to}. ${inferenceSummary(model.inferred)}`)
    return 0
  }
  const text = model === undefined ? vocabulary() : model.inferred ? inferenceReport(model.inferred) : bindings(model)
  printText(text)
  return 0
}

/** One section for each sort of object, in the vocabulary's own order. */
function vocabulary(): string {
  const names = Object.keys(roles) as CoreRole[]
  const groups = Map.groupBy(names, (role) => role.split('.')[0] ?? role)
  return [...groups]
    .map(([group, members]) =>
      formatSection(
        group,
        members.map((role) => {
          const { kind, term = '', says } = termOf(role)
          return [role, kind, term, says]
        }),
      ),
    )
    .join('\n\n')
}

function bindings(model: Model): string {
  const places = boundPlaces(model)
  const groups = [
    ['operations', model.operations.map(({ id, method, path, does = '' }) => [does, `${method} ${path}`, id])] as const,
    ...[...Map.groupBy(places, ({ role }) => role.split(/[. ]/)[0] ?? role)].map(
      ([group, members]) => [group, members.map((place) => [place.role, ...formatPlace(place)])] as const,
    ),
  ]
  return groups.map(([heading, rows]) => formatSection(heading, rows)).join('\n\n')
}

/** A place of a document that has a role. */
export interface BoundPlace {
  /** With its anchor: `buyer.name`. */
  readonly role: string
  readonly pointer: Pointer
  /** Where it stands in the document's file. */
  readonly file?: Place
}

/** Returns every place of a model's parameters, request bodies and answers that has a role, sorted by role. */
export function boundPlaces(model: Model): readonly BoundPlace[] {
  const found = new Map<string, BoundPlace>()
  const seen = new Set<Shape>()
  const add = (binding: Binding, pointer: Pointer): void => {
    const role = binding.of
      ? `${nameOf(binding)} ${nameOf({ role: binding.of, ...(binding.ofAnchor && { anchor: binding.ofAnchor }) })}`
      : nameOf(binding)
    const file = model.locate(pointer)
    found.set(`${role} ${pointer}`, { role, pointer, ...(file && { file }) })
  }
  const visit = (shape: Shape, pointer: Pointer): void => {
    if (shape.binding) add(shape.binding, pointer)
    if (seen.has(shape)) return
    seen.add(shape)
    for (const { binding } of shape.keyed?.entries ?? []) add(binding, pointer)
    for (const [name, property] of shape.properties)
      visit(property, own(join(shape.pointer, 'properties', name), property))
    if (shape.items) visit(shape.items, join(shape.pointer, 'items'))
  }
  // What a part of `allOf` brings along does not stand at the property's own place.
  const own = (pointer: Pointer, { pointer: target }: Shape): Pointer =>
    atPointer(model.document, pointer) === undefined ? target : pointer
  for (const operation of model.operations) {
    for (const { binding, pointer } of operation.parameters) {
      if (binding) add(binding, pointer)
      for (const field of Object.values(binding?.fields ?? {})) add(field, pointer)
    }
    for (const { schema } of [...(operation.body?.content ?? []), ...(successOf(operation)?.content ?? [])])
      if (schema !== undefined) visit(model.shape(schema), schema)
  }
  return [...found.values()].sort((left, right) => (left.role < right.role ? -1 : left.role > right.role ? 1 : 0))
}

/** Returns a place as two cells: pointer, file and line. */
export const formatPlace = ({ pointer, file }: BoundPlace): readonly string[] => [
  pointer,
  file ? `${file.file}:${file.line}` : '',
]

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
  const overlay = new YamlDocument(
    {
      overlay: '1.0.0',
      info: { title: `What ${understood.title} means`, version: '1.0.0' },
      actions: actions.map(writtenAction),
    },
    { aliasDuplicateObjects: false },
  )
  for (const [index, { pointer }] of actions.entries()) {
    const comment = why.get(pointer)
    const node = overlay.getIn(['actions', index], true)
    if (comment !== undefined && isMap(node)) node.commentBefore = ` ${printable(comment.replace(/\s+/g, ' '))}`
  }
  return yamlText(overlay)
}

export interface OverlayAction {
  readonly pointer: Pointer
  readonly target: string
  readonly update?: unknown
  readonly remove?: true
}

/** Returns an action as a file has it: its pointer only says where its evidence is. */
export const writtenAction = ({ target, update, remove }: OverlayAction): Omit<OverlayAction, 'pointer'> => ({
  target,
  ...(update !== undefined && { update }),
  ...(remove && { remove }),
})

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
      // A name with half a surrogate pair can stand in no JSONPath, and in no file of YAML.
      ...Object.keys(before)
        .filter((key) => key.isWellFormed())
        .flatMap((key) => actionsAt(before[key], after[key], join(pointer, key))),
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
    return isItem ? `[${step}]` : `[${literal(step)}]`
  })
  return `$${steps.join('')}`
}
