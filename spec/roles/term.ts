/** What sort of value a role stands for; decides how it is written and read. */
export type Kind =
  | 'amount' // money, exact
  | 'quantity' // a count of units, may be fractional
  | 'rate' // a percentage
  | 'ratio' // a plain factor: exchange rate, confidence
  | 'count' // a whole number
  | 'date' // a calendar day
  | 'instant' // a moment
  | 'code' // one word of a closed set
  | 'text'
  | 'id' // an identity, or a foreign key to one
  | 'flag'
  | 'json' // any JSON value
  | 'entity' // opens the scope of another business object
  | 'list' // a list of business objects, each opens a scope
  | 'texts' // a list of texts

/** A business object that roles can be about. */
export type Entity =
  | 'page'
  | 'invoice'
  | 'line'
  | 'tax'
  | 'allowance'
  | 'charge'
  | 'payment'
  | 'party'
  | 'address'
  | 'person'
  | 'email'
  | 'mailbox'
  | 'file'
  | 'call'
  | 'finding'
  | 'task'
  | 'event'
  | 'workflow'
  | 'integration'
  | 'feed'
  | 'portal'
  | 'tag'
  | 'contract'
  | 'service'
  | 'match'
  | 'lease'
  | 'message'
  | 'transition'

/** One entry of the vocabulary. */
export interface Term {
  readonly kind: Kind
  /** For `entity` and `list`: the scope it opens. For `id`: whose identity it is. */
  readonly of?: Entity
  /** Business term of EN 16931 (BT-…, BG-…), where the standard has one. */
  readonly term?: string
  /** For `code`: the words the ledger uses; an overlay's `values` maps them to the API's own. */
  readonly words?: readonly string[]
  /** What it means, in one line. */
  readonly says: string
}

export type Terms = Readonly<Record<string, Term>>
