import type { Log, Pen } from '../log.ts'
import type { Answer, FromGuest, FromHost, Port, Question } from './port.ts'

/** Keeps a log for processes that answer as one. */
export interface Host {
  /** Lets a process read and write; returns what shows it out, whatever it was doing. */
  welcome(port: Port<FromGuest, FromHost>): () => void
}

interface Guest {
  readonly port: Port<FromGuest, FromHost>
  readonly pens: Map<number, Pen>
  /** Worlds of which it believes to know all. */
  readonly knows: Set<string>
  /** What waits until it has heard something. */
  readonly unheard: Map<number, () => void>
}

/**
 * Returns the host of a log. Guests answer from what they know and ask nobody; so who writes waits until all others have heard that
 * something happened.
 */
export function hostOf(log: Log): Host {
  const guests = new Set<Guest>()
  let count = 0

  /** Resolves when no guest believes any more to know all of a world. */
  async function tell(world: string, writer?: Guest): Promise<void> {
    await Promise.all(
      [...guests]
        .filter((guest) => guest !== writer && guest.knows.delete(world))
        .map(
          (guest) =>
            new Promise<void>((heard) => {
              const number = ++count
              guest.unheard.set(number, heard)
              guest.port.post({ log: 'happened', number, world })
            }),
        ),
    )
  }

  async function answer(guest: Guest, question: Question): Promise<Answer | undefined> {
    switch (question.ask) {
      case 'read':
        // Before it is read: what is written meanwhile is then told.
        guest.knows.add(question.world)
        return { chapter: await log.read(question.world, question.after) }
      case 'take': {
        const pen = await log.take(question.world, question.after)
        if (!guests.has(guest)) return void (await pen.write([]))
        guest.pens.set(++count, pen)
        return { chapter: pen.chapter, pen: count }
      }
      case 'write': {
        const pen = guest.pens.get(question.pen)
        guest.pens.delete(question.pen)
        guest.knows.add(question.world)
        const place = await pen?.write(question.events)
        if (question.events.length > 0) await tell(question.world, guest)
        return { place }
      }
      case 'names':
        return { names: await log.names() }
      case 'drop':
        await log.drop(question.world)
        await tell(question.world)
        return undefined
    }
  }

  return {
    welcome(port) {
      const guest: Guest = { port, pens: new Map(), knows: new Set(), unheard: new Map() }
      guests.add(guest)
      port.listen((message) => {
        if (message.log === 'heard') {
          guest.unheard.get(message.number)?.()
          guest.unheard.delete(message.number)
          return
        }
        const { number, question } = message
        answer(guest, question).then(
          (value) => port.post({ log: 'answer', number, value }),
          (error: unknown) => port.post({ log: 'answer', number, error: (error as Error).message }),
        )
      })
      return () => {
        guests.delete(guest)
        for (const heard of guest.unheard.values()) heard()
        for (const pen of guest.pens.values()) pen.write([]).catch(() => undefined)
      }
    },
  }
}
