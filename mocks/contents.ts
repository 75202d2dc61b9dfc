import { claimsInMemory } from './claims.ts'
import type { Claims } from './claims.ts'
import type { Event, KeptAnswer } from './event.ts'
import { journalInMemory } from './journal.ts'
import type { Journal } from './journal.ts'
import { Keys } from './keys.ts'
import type { Snapshot } from './snapshot.ts'
import { RowChanges } from './resources/changes.ts'
import type { World } from './world.ts'

/** Claims, messages and answers of a world, none of which cost anything until there is one. */
export class Contents {
  readonly #world: Pick<World, 'recorder'>
  #claims: Claims | undefined
  #journal: Journal | undefined
  #keys: Keys | undefined
  #rows: RowChanges | undefined

  /** @param world is told what happens here; a function would cost each of ten thousand worlds more */
  constructor(world: Pick<World, 'recorder'>) {
    this.#world = world
  }

  get claims(): Claims {
    return (this.#claims ??= claimsInMemory((lease) => this.#world.recorder?.add({ is: 'leased', lease })))
  }

  get journal(): Journal {
    return (this.#journal ??= journalInMemory((index, note) =>
      this.#world.recorder?.add({ is: 'posted', index, note }),
    ))
  }

  get keys(): Keys {
    return (this.#keys ??= new Keys((given) => this.#world.recorder?.add({ is: 'answered', given })))
  }

  get rows(): RowChanges {
    return (this.#rows ??= new RowChanges((change) => this.#world.recorder?.add({ is: 'written', change })))
  }

  /** Rises with every change of what answers show. */
  get version(): number {
    return (this.#claims?.version ?? 0) + (this.#journal?.version ?? 0) + (this.#rows?.version ?? 0)
  }

  /** How many there are. */
  get size(): number {
    return (this.#claims?.size ?? 0) + (this.#journal?.size ?? 0) + (this.#keys?.size ?? 0) + (this.#rows?.size ?? 0)
  }

  /** Answers given to requests that carried a key. */
  get answers(): readonly KeptAnswer[] {
    return this.#keys?.save() ?? []
  }

  save(): Pick<Snapshot, 'claims' | 'messages' | 'rows'> {
    const rows = this.#rows?.save() ?? []
    return {
      claims: this.#claims?.save() ?? [],
      messages: this.#journal?.save() ?? [],
      ...(rows.length > 0 && { rows }),
    }
  }

  load({ claims, messages, rows = [] }: Pick<Snapshot, 'claims' | 'messages' | 'rows'>): void {
    this.reset()
    if (claims.length > 0) this.claims.load(claims)
    if (messages.length > 0) this.journal.load(messages)
    if (rows.length > 0) this.rows.load(rows)
  }

  /** Does again what happened elsewhere, if it happened to these. */
  replay(event: Event): void {
    if (event.is === 'leased') this.claims.put(event.lease)
    if (event.is === 'posted') this.journal.add(event.index, event.note)
    if (event.is === 'written') this.rows.put(event.change)
    if (event.is === 'answered') this.keys.put(event.given)
  }

  reset(): void {
    this.#claims?.reset()
    this.#journal?.reset()
    this.#rows?.load([])
    this.#keys = undefined
  }
}
