// Defines the JSON types that the desk's server sends and its page reads.

/** What the control calls of the desk return, as JSON; they stand below `/__proforma`. */

/** `GET apis`: what is served. */
export interface ServedApis {
  readonly version: string
  readonly apis: readonly ApiSummary[]
  readonly scenarios: readonly ScenarioFacts[]
  /** States of an invoice, in the ledger's words. */
  readonly statuses: readonly string[]
  /** Tells one start of the server from another. */
  readonly instance: string
  /** Several processes answer: each has a log of its own. */
  readonly isCluster: boolean
  /** Webhooks are called when something happens. */
  readonly hasWebhooks: boolean
}

export interface ScenarioFacts {
  readonly name: string
  readonly says: string
  /** It begins with books of its own; what has happened is then forgotten. */
  readonly hasBooks: boolean
}

export interface ApiSummary {
  readonly name: string
  readonly title: string
  readonly version: string
  /** Path that it is served under. */
  readonly prefix: string
  readonly also: readonly string[]
  readonly operations: number
  readonly faults: number
  /** Its roles were inferred. */
  readonly isInferred: boolean
  readonly curl?: string
}

/** `GET apis/{name}`: one API. */
export interface ApiDetail extends ApiSummary {
  readonly description: string
  readonly calls: readonly OperationFacts[]
  readonly resources: readonly ResourceFacts[]
  /** Operations that belong to no resource, and why. */
  readonly unknown: Readonly<Record<string, string>>
}

export interface OperationFacts {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly pointer: string
  readonly parameters: readonly ParameterFacts[]
  readonly bodies: readonly { readonly mediaType: string; readonly schema?: string }[]
  readonly isBodyRequired: boolean
  readonly replies: readonly { readonly status: string; readonly mediaType?: string; readonly schema?: string }[]
  readonly credentials: readonly Credential[]
}

export interface ParameterFacts {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required: boolean
  readonly schema: string
  readonly description: string
  readonly role?: string
}

/** A header or query parameter that lets a request in. */
export interface Credential {
  readonly in: 'header' | 'query'
  readonly name: string
  readonly value: string
}

export interface ResourceFacts {
  readonly name: string
  readonly noun: string
  readonly path: string
  readonly parent?: string
  readonly identity?: readonly string[]
  readonly isInvoice: boolean
  readonly columns: readonly ColumnFacts[]
  /** How its list is asked for; missing where the API has none. */
  readonly list?: ListFacts
  readonly get?: ItemFacts
  /** Operations, by what they do: `create`, `void`. */
  readonly does: readonly { readonly id: string; readonly does: string }[]
}

/** `GET apis/{name}/items?resource=&from=`: items that the API answers one by one, for a resource without a list. */
export interface ItemsPage {
  readonly total: number
  readonly items: readonly Readonly<Record<string, unknown>>[]
}

/** How a list is asked for, page by page. */
export interface ListFacts {
  readonly operation: string
  /** Property names that lead to the array, and inside each element to the item. */
  readonly path: readonly string[]
  readonly wrap: readonly string[]
  readonly parameters: Readonly<
    Partial<Record<'size' | 'number' | 'offset' | 'cursor' | 'after' | 'from' | 'before', string>>
  >
  readonly base: number
  readonly usual: number
  readonly most?: number
  readonly total?: readonly string[]
  readonly nextCursor?: readonly string[]
  /** Parameters that sort, and the words they take. */
  readonly sort?: {
    readonly by: string
    readonly words: Readonly<Record<string, string>>
    readonly order?: string
    readonly descending?: string
    readonly ascending?: string
  }
  /** Path parameters that name parents. */
  readonly parents: readonly string[]
}

/** How an item is asked for. */
export interface ItemFacts {
  readonly operation: string
  readonly key?: { readonly in: string; readonly name: string; readonly property?: readonly string[] }
  readonly path: readonly string[]
}

export type ColumnKind = 'text' | 'number' | 'amount' | 'date' | 'moment' | 'status' | 'flag' | 'id'

export interface ColumnFacts {
  readonly path: readonly string[]
  readonly kind: ColumnKind
  readonly role?: string
  /** Amounts: how they are written. */
  readonly unit?: 'minor' | 'major'
  /** Shown unless somebody chooses others. */
  readonly isUsual: boolean
}

/** `GET apis/{name}/example?operation=`: values to begin with. */
export interface RequestExample {
  readonly parameters: Readonly<Record<string, string>>
  readonly body?: string
}

/** `GET apis/{name}/roles`: what is known of the document's meaning, and why. */
export interface RolesFacts {
  readonly faults: readonly string[]
  readonly bound: readonly string[]
  /** Places that have a role, at most 2,000. */
  readonly places: readonly { readonly pointer: string; readonly role: string }[]
  readonly isInferred: boolean
  /** One sentence on what was inferred. */
  readonly says?: string
  readonly inferred: readonly Evidence[]
  readonly questions: readonly Evidence[]
  /** File that corrected roles are saved to; missing where the server may not write. */
  readonly savesTo?: string
  /** Every role there is, to choose from. */
  readonly vocabulary: readonly { readonly role: string; readonly says: string }[]
}

/** `POST apis/{name}/overlay`: roles by the pointers of their places; `null` takes a role away. */
export interface RoleCorrections {
  readonly roles: Readonly<Record<string, string | null>>
  /** Writes the overlay to its file; otherwise it is only returned. */
  readonly isSaved: boolean
}

/** What `POST apis/{name}/overlay` returns. */
export interface OverlayText {
  /** An OpenAPI Overlay, as YAML. */
  readonly text: string
  /** File that it was saved to. */
  readonly path?: string
}

export interface Evidence {
  readonly pointer: string
  readonly role?: string
  readonly confidence: number
  readonly why: readonly string[]
}

/** `POST read`: a body as roles and laws see it. */
export interface AnswerVerdict {
  /** Missing where the body has no invoice. */
  readonly invoice?: PrintedInvoice
  /** Roles by where they stand in the body. */
  readonly roles: Readonly<Record<string, string>>
  readonly laws: readonly LawResult[]
  readonly conformance: readonly ViolationFacts[]
}

interface LawResult {
  readonly code: string
  readonly says: string
  /** How many objects it judged. */
  readonly judged: number
  readonly breaches: readonly ViolationFacts[]
}

export interface ViolationFacts {
  readonly code: string
  readonly says: string
  readonly severity: string
  readonly pointer: string
  readonly expected: string
  readonly received: string
  readonly side?: 'request' | 'answer'
}

/** A value on paper and where it stands in the body. */
export interface PrintedValue {
  readonly text: string
  readonly at: string
}

export interface PrintedParty {
  readonly name?: PrintedValue
  /** Lines of values. */
  readonly address: readonly (readonly PrintedValue[])[]
  readonly taxId?: PrintedValue
  readonly email?: PrintedValue
}

export interface PrintedLine {
  readonly name?: PrintedValue
  readonly description?: PrintedValue
  readonly quantity?: PrintedValue
  readonly unit?: PrintedValue
  readonly price?: PrintedValue
  readonly allowance?: PrintedValue
  readonly taxRate?: PrintedValue
  readonly net?: PrintedValue
  readonly total?: PrintedValue
}

/** An invoice in neutral terms: amounts as decimals of the major unit, days as `2026-01-15`. */
export interface PrintedInvoice {
  readonly currency: string
  readonly number?: PrintedValue
  readonly status?: PrintedValue
  /** The ledger's word for the status. */
  readonly state?: string
  readonly direction?: string
  readonly seller: PrintedParty
  readonly buyer: PrintedParty
  /** Facts with their names: issue date, due date, purchase order. */
  readonly facts: readonly { readonly name: string; readonly value: PrintedValue }[]
  readonly lines: readonly PrintedLine[]
  readonly sums: readonly {
    readonly name: string
    readonly role: string
    readonly value: PrintedValue
    readonly isStrong: boolean
  }[]
  readonly taxes: readonly {
    readonly name: string
    readonly rate?: PrintedValue
    readonly base?: PrintedValue
    readonly amount?: PrintedValue
  }[]
  readonly payments: readonly {
    readonly date?: PrintedValue
    readonly method?: PrintedValue
    readonly reference?: PrintedValue
    readonly amount?: PrintedValue
  }[]
  readonly notes: readonly PrintedValue[]
}

/** A request in the log; secrets are masked. */
export interface RequestSummary {
  readonly number: number
  readonly at: number
  readonly ms: number
  readonly world: string
  readonly method: string
  readonly url: string
  /** Missing where the connection was cut. */
  readonly status?: number
  readonly size: number
  readonly api?: string
  readonly operation?: string
  readonly notes: readonly string[]
}

/** `GET requests/{number}`. */
export interface RequestDetail extends RequestSummary {
  readonly request: LoggedPart
  readonly answer?: LoggedPart
  readonly breaches: readonly ViolationFacts[]
  /** Only a beginning is known of the answer: it was not held against its schema. */
  readonly isCut: boolean
}

export interface LoggedPart {
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Missing where there was none, or no text. */
  readonly body?: string
  readonly size: number
}

/** `GET webhooks`: one call of a webhook, and what became of it. */
export interface WebhookDelivery {
  readonly api: string
  readonly event: string
  readonly world: string
  readonly state: 'waiting' | 'delivered' | 'failed' | 'dropped'
  readonly attempts: number
  /** Of the last answer. */
  readonly status?: number
  readonly error?: string
  readonly body: unknown
}

/** `GET /__proforma`: how a world stands. */
export interface WorldStatus {
  readonly world: string
  readonly seed: string | number
  readonly invoices: number
  readonly today: string
  readonly scenarios: readonly string[]
  readonly changes: number
  readonly requests: number
  readonly worlds: number
}
