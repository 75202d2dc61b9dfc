import type { Entry, Payment } from '../../ledger/entry.ts'
import type { Random } from '../../random.ts'
import type { Words } from '../words.ts'

/** What a letter may speak of. */
export interface Scene extends Words {
  readonly entry: Entry
  /** Minor units owed when it is written, and their spelling. */
  readonly owed: number
  readonly open: string
  /** The due date has passed. */
  readonly isLate: boolean
  /** The promised day in words; the due date where none was promised. */
  readonly promised: string
  /** What is disputed, as the buyer puts it and as others report it. */
  readonly claim: string
  readonly report: string
  /** It follows a telephone call rather than a letter. */
  readonly byCall: boolean
  readonly payment: Payment | undefined
  /** The buyer's first contact. */
  readonly contactName: string
  /** First name of the person written to. */
  readonly givenName: string
  readonly random: Random
}

/** A letter without salutation and signature: its subject and its paragraphs. */
export interface Letter {
  readonly subject: string
  readonly paragraphs: readonly string[]
}

/** One way to say something. */
export type Variant = (scene: Scene) => string

/** Writes a letter about the invoice of a scene. */
export type Write = (scene: Scene) => Letter

/** Returns one of several ways to say something. */
export const say = (scene: Scene, variants: readonly Variant[]): string => scene.random.pick(variants)(scene)

/** Returns the invoice's facts as a block of labelled lines. */
export function factsBlock({ number, issued, total, due, order }: Words, label = 'Amount due'): string {
  const lines = [`Invoice number: ${number}`, `Invoice date: ${issued}`, `${label}: ${total}`, `Due date: ${due}`]
  if (order !== undefined) lines.push(`Purchase order: ${order}`)
  return lines.join('\n')
}
