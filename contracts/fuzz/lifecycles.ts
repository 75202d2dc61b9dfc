// Draws the life of an item: it is created, read, changed, listed and deleted, and each answer shows what was written.

import { isObject, resourcesOf, valueAt } from '../../spec/index.ts'
import type { Model, Operation, Pointer, Resource, ResourceOperation } from '../../spec/index.ts'
import { breach } from '../check/rules.ts'
import { changedBesides, idempotencyKey, notKept } from '../check/written.ts'
import { shownJson } from '../violation.ts'
import type { Violation } from '../violation.ts'
import type { Arbitrary } from './arbitrary.ts'
import { validRequests } from './drawn-requests.ts'
import type { DrawingMaterial } from './drawn-requests.ts'
import type { Aim, DrawnRequest, Examine, Probe } from './probe.ts'
import type { FuzzStep } from './property.ts'

/** What can be done to the items of a resource that can be made and read. */
interface Living {
  readonly resource: Resource
  readonly create: ResourceOperation
  readonly get: ResourceOperation
  readonly change?: ResourceOperation
  readonly list?: ResourceOperation
  readonly remove?: ResourceOperation
}

/** A life as it is drawn and shrunk. */
export interface DrawnLife {
  readonly of: Living
  readonly create: DrawnRequest
  readonly changes: readonly DrawnRequest[]
}

/** Returns an arbitrary of lives for each resource whose items can be made and read by these operations. */
export function lives(material: DrawingMaterial, operations: readonly Operation[]): readonly Arbitrary[] {
  const { fc, model } = material
  return resourcesOf(model).resources.flatMap((resource) => {
    const of = livingIn(resource, operations)
    if (!of) return []
    const changes = of.change
      ? fc.array(validRequests(material, of.change.operation), { maxLength: 2 })
      : fc.constant([])
    const create = validRequests(material, of.create.operation)
    return [fc.record({ of: fc.constant(of), create, changes })]
  })
}

function livingIn(resource: Resource, operations: readonly Operation[]): Living | undefined {
  const find = (act: ResourceOperation['does']): ResourceOperation | undefined =>
    resource.operations.find(({ does, operation }) => does === act && operations.includes(operation))
  const [create, get, change, list, remove] = [
    find('create'),
    find('get'),
    find('update') ?? find('replace'),
    find('list'),
    find('delete'),
  ]
  const isNamed = get?.key?.in === 'path' || get?.key?.in === 'query'
  const isKeyed = create?.operation.parameters.some(({ name, required }) => required && idempotencyKey.test(name))
  return !isKeyed && create?.answer && get?.answer && isNamed && resource.identity
    ? { resource, create, get, ...(change && { change }), ...(list && { list }), ...(remove && { remove }) }
    : undefined
}

/** Lives one life, until something is found, or refused. */
export async function live(
  model: Model,
  probe: Probe,
  { of, create, changes }: DrawnLife,
): Promise<readonly FuzzStep[]> {
  const life = new Life(model, probe, of, create)
  await life.live(changes)
  return life.steps
}

class Life {
  readonly steps: FuzzStep[] = []
  readonly #model: Model
  readonly #probe: Probe
  readonly #of: Living
  readonly #birth: DrawnRequest
  #id: unknown
  /** The item as it was last shown. */
  #item: unknown

  constructor(model: Model, probe: Probe, of: Living, birth: DrawnRequest) {
    this.#model = model
    this.#probe = probe
    this.#of = of
    this.#birth = birth
  }

  async live(changes: readonly DrawnRequest[]): Promise<void> {
    const { get, change, list, remove } = this.#of
    if (!(await this.#beBorn())) return
    if (!(await this.#step(get, {}, 'read back', this.#shows(get, this.#of.create, this.#birth.body)))) return
    for (const draft of changes) if (change && !(await this.#change(change, draft))) return
    if (list && !(await this.#step(list, {}, 'valid', this.#listed(list)))) return
    if (!remove || !(await this.#step(remove, {}, 'valid'))) return
    const last = JSON.stringify(this.#item)
    await this.#step(get, {}, 'valid', (json) =>
      JSON.stringify(valueAt(json, get.answer?.path ?? [])) === last
        ? [breach('PF-WRITE', 'an object that was deleted to be gone', 'the object as it was')]
        : [],
    )
  }

  /** Tells whether there is an item now that can be asked for. */
  async #beBorn(): Promise<boolean> {
    const { resource, create } = this.#of
    const isBorn = await this.#step(create, this.#birth, 'valid', this.#shows(create, create, this.#birth.body))
    const [{ probed }] = this.steps as [FuzzStep]
    this.#id = valueAt(valueAt(probed.json, create.answer?.path ?? []), resource.identity ?? [])
    // What is only accepted may be there later.
    return isBorn && probed.status !== 202 && this.#id !== undefined && this.#id !== null
  }

  async #change(change: ResourceOperation, draft: DrawnRequest): Promise<boolean> {
    const before = this.#item
    if (!(await this.#step(change, draft, 'valid', this.#shows(change, change, draft.body)))) return false
    const { get } = this.#of
    const isLeft: Examine = (json) => {
      const now = valueAt(json, get.answer?.path ?? [])
      return change.does === 'update' && isObject(before) && isObject(now) && isObject(draft.body)
        ? changedBesides(before, now, draft.body, pointerTo(get)).filter(
            ({ pointer }) => !this.#isDerived(get, pointer),
          )
        : []
    }
    const holds = this.#shows(get, change, draft.body)
    return this.#step(get, {}, 'read back', (json) => [...holds(json), ...isLeft(json)])
  }

  /** Sends a request about the item; returns whether to go on. */
  async #step(act: ResourceOperation, draft: Partial<DrawnRequest>, aim: Aim, examine?: Examine): Promise<boolean> {
    const { operation, key, parents } = act
    const around = parents.flatMap(({ parameter }) => {
      const value = this.#birth.values[parameter]
      return value === undefined ? [] : [[parameter, value] as const]
    })
    const name = key &&
      this.#id !== undefined && { [key.name]: (key.property && valueAt(this.#item, key.property)) ?? this.#id }
    const values = { ...unconditional(operation, draft.values), ...Object.fromEntries(around), ...name }
    const probed = await this.#probe(operation, { ...draft, values }, aim, undefined, examine)
    this.steps.push({ operation, aim, probed })
    if (act === this.#of.get && probed.isSuccess) this.#item = valueAt(probed.json, act.answer?.path ?? [])
    return probed.isSuccess && !probed.violations.some(({ severity }) => severity === 'error')
  }

  /** What one operation was sent, another shows, as far as the server does not work it out itself. */
  #shows(act: ResourceOperation, { request }: ResourceOperation, body: unknown): Examine {
    const sent = plainIn(isObject(body) ? valueAt(body, request?.path ?? []) : undefined)
    return (json) => {
      const shown = act.answer && valueAt(json, act.answer.path)
      return isObject(shown)
        ? notKept(sent, shown, new Set(), pointerTo(act)).filter(({ pointer }) => !this.#isDerived(act, pointer))
        : []
    }
  }

  /** A list shows the item as it is. */
  #listed({ answer }: ResourceOperation): Examine {
    return (json) => {
      const held = answer && valueAt(json, answer.path)
      if (!answer || !Array.isArray(held)) return []
      const items = held.map((element) => valueAt(element, answer.wrap))
      const index = items.findIndex(
        (item) => String(valueAt(item, this.#of.resource.identity ?? [])) === String(this.#id),
      )
      const entry = items[index]
      return isObject(entry) && isObject(this.#item) ? otherwiseListed(this.#item, entry, index, answer.path) : []
    }
  }

  /** Amounts follow from lines, numbers and states are the server's own. */
  #isDerived({ answer }: ResourceOperation, pointer: Pointer): boolean {
    const names = pointer.slice(pointerTo({ answer }).length).split('/').slice(1)
    let shape = answer && this.#model.shape(answer.item)
    for (const name of names) shape = shape?.items ?? shape?.properties.get(name)
    const kind = shape?.binding?.term.kind
    return kind !== undefined && !asSent.has(kind)
  }
}

/** Leaves out what makes a request one that may do nothing: a tag that the item never had, a key that was sent before. */
const unconditional = ({ parameters }: Operation, values: DrawnRequest['values'] = {}): DrawnRequest['values'] =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([name]) =>
        !parameters.some((parameter) => parameter.in === 'header' && parameter.name === name && conditional.test(name)),
    ),
  )

const conditional = new RegExp(`^if-|${idempotencyKey.source}`, 'i')

const asSent: ReadonlySet<string> = new Set(['text', 'date', 'flag'])

/** Values that no server writes in a way of its own, plain words and flags; what stands inside other objects may be theirs. */
const plainIn = (value: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(isObject(value) ? value : {}).filter(([, item]) => isPlain(item)))

const isPlain = (value: unknown): boolean =>
  typeof value === 'boolean' || (typeof value === 'string' && /^[\w-]+(?: [\w-]+)*$/.test(value))

const pointerTo = ({ answer }: Pick<ResourceOperation, 'answer'>): Pointer =>
  (answer?.path ?? []).map((name) => `/${name}`).join('')

function otherwiseListed(
  item: Readonly<Record<string, unknown>>,
  entry: Readonly<Record<string, unknown>>,
  index: number,
  path: readonly string[],
): readonly Violation[] {
  return Object.keys(entry)
    .filter((name) => Object.hasOwn(item, name) && isScalar(item[name]) && isScalar(entry[name]))
    .filter((name) => item[name] !== entry[name])
    .map((name) => ({
      ...breach(
        'PF-WRITE',
        `${shownJson(item[name])}, as it is read by itself`,
        shownJson(entry[name]),
        ['', ...path, index, name].join('/'),
      ),
      says: 'a list shows what was written',
    }))
}

const isScalar = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
