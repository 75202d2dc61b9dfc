import { Unavailable } from '../log.ts'
import type { Chapter, Log, Place } from '../log.ts'
import type { Answer, FromGuest, FromHost, Port, Question } from './port.ts'

/** Milliseconds after which the host is asked although nothing is known to have happened: it forgets worlds that nobody asks for. */
const trust = 60_000

interface Known {
  readonly place: Place
  readonly at: number
}

/** Returns the log that another process keeps. */
export function guestOf(port: Port<FromHost, FromGuest>): Log {
  const asked = new Map<number, (message: FromHost & { log: 'answer' }) => void>()
  const known = new Map<string, Known>()
  /** How often something happened elsewhere. */
  let happened = 0
  let count = 0
  port.listen((message) => {
    if (message.log === 'answer') {
      asked.get(message.number)?.(message)
      asked.delete(message.number)
      return
    }
    happened++
    known.delete(message.world)
    port.post({ log: 'heard', number: message.number })
  })

  const ask = (question: Question): Promise<Answer | undefined> =>
    new Promise((resolve, reject) => {
      const number = ++count
      asked.set(number, ({ error, value }) => (error === undefined ? resolve(value) : reject(new Unavailable(error))))
      port.post({ log: 'question', number, question })
    })

  /** Asks, and remembers the place unless something has happened since. */
  async function learn<T extends Answer>(world: string, question: Question, placeOf: (answer: T) => Place): Promise<T> {
    const before = happened
    const answer = (await ask(question)) as T
    if (happened === before) known.set(world, { place: placeOf(answer), at: Date.now() })
    return answer
  }

  return {
    isCurrent(world, place) {
      const { place: last, at = 0 } = known.get(world) ?? {}
      return at > 0 && last === place && Date.now() - at < trust
    },
    read: async (world, after) =>
      (await learn<{ chapter: Chapter }>(world, { ask: 'read', world, after }, ({ chapter }) => chapter.place)).chapter,
    async take(world, after) {
      const { chapter, pen = 0 } = (await ask({ ask: 'take', world, after })) as { chapter: Chapter; pen?: number }
      return {
        chapter,
        write: async (events) =>
          (await learn<{ place: Place }>(world, { ask: 'write', pen, world, events }, ({ place }) => place)).place,
      }
    },
    names: async () => ((await ask({ ask: 'names' })) as { names: readonly string[] }).names,
    drop: async (world) => void (await ask({ ask: 'drop', world })),
    close: async () => undefined,
  }
}
