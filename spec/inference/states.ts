// Finds which words of an API stand for which states of an invoice.

import type { Word } from '../binding.ts'
import { wordsOf } from '../resources/names.ts'
import { statusStandIns } from '../roles/invoice.ts'
import type { Status } from '../roles/invoice.ts'
import { plainLetters } from './dictionary.ts'
import type { SchemaFacts } from './facts.ts'

/** Words of APIs for the states of an invoice, without accents; those before stand for it better. */
const synonyms: Readonly<Record<Status, string>> = {
  draft:
    'draft unbooked unposted entwurf brouillon borrador bozza concept unissued unsubmitted new created preparing drafted entered erfasst saisie utkast kladde rascunho szkic robocza',
  open: 'open finalized finalised billed issued sent authorised authorized unpaid approved posted confirmed outstanding offen emitida emise emessa verzonden gesendet versendet awaiting_payment payment_due not_paid due submitted active validated final delivered enviada envoyee inviata openstaand pendiente pending unsettled receivable live wystawiona wyslana obetald bogford bokford bokfort bogfort sendt skickad skickat ubetalt em_aberto nieoplacona',
  processing: 'processing payment_processing in_progress in_collection pending_payment payment_pending in_process',
  paid: 'paid bezahlt payee paye pagada pagado pagata pagato betaald settled closed fully_paid paid_in_full fullypaid succeeded marked_as_paid complete completed cobrada acquittee saldata voldaan beglichen oplacona zaplacona betald betalt paga liquidada',
  overdue:
    'overdue past_due unpaidoverdue late ueberfaellig uberfallig en_retard vencida vencido scaduta scaduto vervallen payment_overdue delinquent expired dunning forfallen forfalt forfalden po_terminie przeterminowana atrasada',
  void: 'void voided cancelled canceled storniert annulee annule anulada anulado annullata annullato geannuleerd cancel deleted reversed storno anulowana makulerad annullerad kreditert cancelada estornada',
  uncollectible:
    'uncollectible written_off write_off bad_debt marked_uncollectible defaulted abgeschrieben incobrable irrecouvrable inesigibile oninbaar writtenoff uncollectable',
}

const ranks = new Map<string, { readonly status: Status; readonly rank: number }>()
for (const [status, words] of Object.entries(synonyms) as [Status, string][])
  for (const [rank, word] of words.split(' ').entries()) if (!ranks.has(word)) ranks.set(word, { status, rank })

const keyOf = (word: string): string =>
  wordsOf(word)
    .map(plainLetters)
    .join('_')
    .replace(/^(?:invoice|status|bill)_/, '')

/** The API's word for each state, and the states that it has a word of its own for. */
interface StatusWords {
  readonly values: Readonly<Record<Status, Word>>
  readonly own: readonly Status[]
}

/** Returns how an API calls the states of an invoice, or `undefined` where its words are of something else. */
export function statusWords(facts: SchemaFacts): StatusWords | undefined {
  const named = namesOf(facts)
  const best = new Map<Status, { readonly word: Word; readonly rank: number }>()
  for (const [word, name] of named) {
    const found = ranks.get(keyOf(name))
    if (!found) continue
    const before = best.get(found.status)
    if (!before || found.rank < before.rank) best.set(found.status, { word, rank: found.rank })
  }
  for (const [status, words] of seconds) {
    const used = [...best.values()].map(({ word }) => word)
    const left = named.find(([word, name]) => !used.includes(word) && words.test(keyOf(name)))
    if (best.has('open') && !best.has(status) && left) best.set(status, { word: left[0], rank: 0 })
  }
  if (
    best.size < 2 ||
    !(best.has('open') || best.has('overdue') || best.has('processing')) ||
    !(best.has('paid') || best.has('void') || best.has('draft'))
  )
    return undefined
  const values = Object.fromEntries(
    (Object.keys(synonyms) as Status[]).map((status) => {
      const stand = [status, ...statusStandIns[status]].find((candidate) => best.has(candidate))
      return [status, best.get(stand ?? ([...best.keys()][0] as Status))?.word ?? null]
    }),
  ) as Record<Status, Word>
  return { values, own: [...best.keys()] }
}

/** What a second word for open stands for, where an API has several and none for that state: `posted`, and then `payment_due`. */
const seconds: readonly (readonly [Status, RegExp])[] = [
  ['overdue', /^(?:payment_due|due|not_paid|unpaid|outstanding)$/],
  ['uncollectible', /^(?:not_paid|unpaid)$/],
  ['processing', /^(?:pending|awaiting_payment)$/],
]

/** Returns the values of a place with what each is called: numbers by their description. */
function namesOf({ words, wordNames, description, examples, types }: SchemaFacts): (readonly [Word, string])[] {
  const values = (words ?? []).filter(
    (word): word is string | number => typeof word === 'string' || typeof word === 'number',
  )
  if (values.length > 0 && wordNames && wordNames.length >= values.length)
    return values.map((value, index) => [value, wordNames[index] as string])
  const numeric =
    values.length > 0
      ? values.every((value) => /^-?\d+$/.test(String(value)))
      : types.has('integer') || types.has('number')
  if (!numeric) {
    const named = (values.length > 0 ? values : shown(examples)).map((value): readonly [Word, string] => [
      value,
      String(value),
    ])
    return named.length > 0 ? named : told(description)
  }
  const isText = values.length > 0 ? typeof values[0] === 'string' : types.has('string') && !types.has('integer')
  return [...description.matchAll(/(-?\d+)\s*(?:[:=–—-]|→|->|means|is)+\s*[`"'“*]*([\p{L}][\p{L}_ ]*[\p{L}])/gu)].map(
    ([, code, name]) => [isText ? (code as string) : Number(code), (name as string).trim()],
  )
}

/** Several examples are all words that there are; one is not. */
const shown = (examples: readonly unknown[]): string[] =>
  examples.length > 2 ? examples.filter((one): one is string => typeof one === 'string') : []

/** "one of draft, open, paid" */
function told(description: string): (readonly [Word, string])[] {
  const listed = /(?:one of|values?(?: are)?|can be|either)[: ]+((?:[`"'\w]+(?:, | or |, or )?){3,})/i.exec(
    description,
  )?.[1]
  const words = listed?.split(/, or |, | or /).map((word) => word.replace(/[`"'.]/g, '').trim())
  return words && words.length > 2 ? words.map((word) => [word, word]) : quoted(description)
}

/** Words that a description puts in quotes: "one of `draft`, `open`, `paid`". */
const quoted = (description: string): (readonly [Word, string])[] =>
  [...description.matchAll(/[`"'“]([A-Za-z_ ]{3,24})[`"'”]/g)].map(([, word]) => [word as string, word as string])
