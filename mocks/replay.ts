import type { Day } from '../spec/index.ts'
import type { Contents } from './contents.ts'
import type { Begun, Event } from './event.ts'
import type { World } from './world.ts'

/** What events are done again with. */
export interface Hands {
  readonly world: Pick<World, 'business' | 'requests' | 'kept'>
  readonly contents: Contents
  readonly begin: (begun: Begun) => void
  readonly enter: (scenarios: readonly string[]) => void
  readonly move: (today: Day) => void
}

/** Does again in a world what has happened to it elsewhere. Nobody is told: whoever did it first has. */
export function replay(event: Event, { world, contents, begin, enter, move }: Hands): void {
  const { business } = world
  switch (event.is) {
    case 'begun':
      return begin(event)
    case 'changed':
      return business.store.append(event.index, event.change)
    case 'moved':
      return move(event.today)
    case 'entered':
      return enter(event.scenarios)
    case 'kept':
      return void (world.kept = event.snapshot)
    case 'counted':
      business.store.created = event.created
      world.requests = Math.max(world.requests, event.requests)
      // Events of another day: the server's day has moved on since.
      return business.today === event.today ? business.moveTo(event.today, event.ticks) : undefined
    default:
      return contents.replay(event)
  }
}
