import type { Item } from '../../factories/index.ts'

/** What is known of one item that somebody created, changed or deleted. */
export interface RowState {
  /** The item as it stands; absent once it is deleted. */
  readonly item?: Item
  /** Rows of other resources that a created item belongs to, by their names. */
  readonly parents?: Readonly<Record<string, number>>
}

/** One item's state, and whose it is. */
export interface RowChange extends RowState {
  /** API and resource: `lago invoices`. */
  readonly resource: string
  readonly index: number
}

/** Created items have numbers from here on; drawn ones stay below. */
export const firstCreated = 2 ** 40

/** What has happened to the items of a world's resources: the last state of each counts. */
export class RowChanges {
  readonly #byResource = new Map<string, Map<number, RowState>>()
  readonly #tell: (change: RowChange) => void
  #version = 0
  #size = 0

  /** @param tell is told each change made here */
  constructor(tell: (change: RowChange) => void = () => undefined) {
    this.#tell = tell
  }

  /** Rises with every change. */
  get version(): number {
    return this.#version
  }

  /** How many items something happened to. */
  get size(): number {
    return this.#size
  }

  /** Returns what is known of an item, `undefined` where nothing happened to it. */
  state(resource: string, index: number): RowState | undefined {
    return this.#byResource.get(resource)?.get(index)
  }

  /** Returns the numbers of created items that still exist, the newest first. */
  created(resource: string): number[] {
    return [...(this.#byResource.get(resource) ?? [])]
      .flatMap(([index, { item }]) => (index >= firstCreated && item ? [index] : []))
      .sort((left, right) => right - left)
  }

  /** Returns the numbers of the items that something happened to and that still exist. */
  changed(resource: string): number[] {
    return [...(this.#byResource.get(resource) ?? [])].flatMap(([index, { item }]) => (item ? [index] : []))
  }

  /** Returns a number for the next item of a resource. */
  next(resource: string): number {
    const known = this.#byResource.get(resource)
    return Math.max(firstCreated - 1, ...(known?.keys() ?? [])) + 1
  }

  /** Keeps a change and tells it. */
  add(change: RowChange): void {
    this.put(change)
    this.#tell(change)
  }

  /** Keeps a change that was made elsewhere. */
  put({ resource, index, ...state }: RowChange): void {
    const rows = this.#byResource.get(resource) ?? new Map<number, RowState>()
    this.#byResource.set(resource, rows)
    if (!rows.has(index)) this.#size++
    rows.set(index, state)
    this.#version++
  }

  save(): readonly RowChange[] {
    return [...this.#byResource].flatMap(([resource, rows]) =>
      [...rows].map(([index, state]) => ({ resource, index, ...state })),
    )
  }

  load(changes: readonly RowChange[]): void {
    this.#byResource.clear()
    this.#size = 0
    this.#version++
    for (const change of changes) this.put(change)
  }
}
