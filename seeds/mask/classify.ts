// Decides by name, place and content what a value of an export is.

/** What stays as it is. */
const keptKinds = ['figure', 'date', 'code', 'flag'] as const

/** What is replaced, each in its own way. */
const replacedKinds = [
  'identity',
  'number',
  'company',
  'person',
  'given name',
  'family name',
  'email',
  'phone',
  'street',
  'city',
  'post code',
  'region',
  'tax number',
  'account',
  'address on the web',
  'secret',
  'article',
  'text',
  'birth date',
  'file name',
  'latitude',
  'longitude',
] as const

/** What a value is; `unknown` where neither its name nor its content tells. */
export type ValueKind = (typeof keptKinds)[number] | (typeof replacedKinds)[number] | 'unknown'

/** Tells whether values of a kind say nothing of anybody, and stay. */
export const isKept = (kind: ValueKind): boolean => (keptKinds as readonly string[]).includes(kind)

/** Where a value stands. */
export interface ValuePlace {
  /** Of the property, or of the nearest one around a list. */
  readonly name: string
  /** Of the object that has it, the nearest that has a name. */
  readonly owner: string
}

/** Returns the words of a name: `billingAddress_line1` is billing, address, line1. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '')

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))

const companyWords = set(
  'customer customers client clients vendor vendors supplier suppliers buyer seller payer payee debtor creditor company companies organization organisation organizations merchant business account party issuer recipient tenant partner bank employer',
)
const personWords = set(
  'person people contact contacts user users employee employees owner author attention assignee agent rep manager signer approver sender member individual cardholder holder representative staff salesperson',
)
const lineWords = set(
  'line lines item items product products service services article articles plan plans sku good goods subscription charge discount addon',
)
const addressWords = set('address addresses billing shipping delivery location site ship bill')
const figureWords = set(
  'amount amounts total totals subtotal tax taxes price cost net gross balance due paid payable remaining outstanding quantity qty rate percent percentage discount discounts fee fees charge charges credit debit sum value count counts vat gst page pages limit offset days hours minutes seconds exponent precision position index sequence version size duration year month day units allowance allowances rounding prepaid margin weight exchange retainage installments attempts probability score minor cents',
)
const dateWords = set(
  'date at on time timestamp created updated modified due issued paid sent voided day when until from since expires',
)
const codeWords = set(
  'status state type kind method category direction unit uom frequency interval cycle object source channel mode reason currency country language locale lang tz timezone zone scheme scope',
)

/** Words of business that name nobody. */
const vocabulary = set(
  'draft open paid overdue void voided uncollectible processing pending sent viewed partial partially unpaid late due closed cancelled canceled approved rejected submitted issued disputed refunded failed active inactive succeeded scheduled new archived deleted posted authorised authorized ' +
    'invoice invoices bill credit note memo payment payments refund charge quote order receipt line item product service customer vendor supplier company person individual business contact address billing shipping email phone ' +
    'receivable payable inbound outbound ach wire card cash check cheque transfer bank sepa direct debit credit_card paypal other none standard reduced zero exempt reverse export percentage fixed ' +
    'daily weekly monthly quarterly yearly annual annually once day week month year hour minute piece pieces each unit units hours days months kg g km m l license licence seat user api manual automatic web import list object true false yes no null high medium low',
)

const date = /^\d{4}-\d\d(?:-\d\d(?:[T ]\d\d:?\d\d(?::?\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)?$/
const otherDate = /^\d{1,2}[./]\d{1,2}[./](?:\d\d|\d{4})$|^\/Date\(-?\d+(?:[+-]\d{4})?\)\/$/
const clock = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/
const mediaType = /^(?:application|audio|font|image|message|model|multipart|text|video)\/[\w.+-]{1,80}$/
const fileName = /^[^/\\:]+\.(?:pdf|png|jpe?g|gif|svg|csv|xml|json|docx?|xlsx?|pptx?|zip|eml|msg|txt|html?|wav|mp3)$/i
const decimal = /^-?\d{1,15}(?:[.,]\d{1,10})?%?$/
const email = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/
const iban = /^[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?$/
const phone = /^(?:\+|00|\(?0)[\d ()./-]{6,20}\d(?:\s*(?:x|ext\.?)\s*\d+)?$/i
const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i
const url = /^[a-z][\w+.-]*:\/\/\S+$/i
const timezone =
  /^(?:UTC|GMT|(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)\/[\w/+-]+)$/
const legalForm =
  /\b(?:GmbH|AG|KG|OHG|UG|SE|Inc|LLC|LLP|Ltd|Limited|PLC|Corp|Corporation|Co|Company|SA|SAS|SARL|S\.?r\.?l|SpA|BV|NV|AB|AS|Oy|ApS|SL|Pty|KK)\.?$/
const secret =
  /secret|passw|pwd|(?:^|[_-])(?:pin|otp|cvv|cvc|sig)$|token|api[-_]?key|private[-_]?key|authorization|credential|signature|cookie|session/i

/** What a name alone says, in the order in which it is asked; `undefined` where it says nothing. */
const named: readonly (readonly [kind: ValueKind, pattern: RegExp])[] = [
  ['birth date', /birth|dob$/],
  ['latitude', /^(?:lat|latitude)$/],
  ['longitude', /^(?:lng|lon|longitude)$/],
  ['email', /e ?mail/],
  ['phone', /phone|mobile|fax|^tel$|telephone|cell/],
  [
    'tax number',
    /vat (?:id|no|number|reg)|tax (?:ids?|no|number|code|registration|identifier)|taxid|vatid|\b(?:ein|tin|siren|siret|kvk|abn|gstin|ssn|nif|cif|uid|duns|lei)\b|registration|trade register/,
  ],
  [
    'account',
    /iban|\bbic\b|swift|account (?:no|number)|routing|sort code|\bcard$|card (?:no|number)|last4|fingerprint|bank account|mandate/,
  ],
  ['street', /street|line ?[123]$|address ?[123]$|^address$|house|building|suite|po ?box/],
  ['city', /city|town|locality|municipality/],
  ['post code', /zip|post ?code|postal/],
  ['region', /province|county|region|prefecture/],
  ['given name', /(?:first|given|fore|middle) ?name/],
  ['family name', /(?:last|family|sur|maiden) ?name/],
  ['address on the web', /\burl\b|website|homepage|link|domain|\bhost\b|\bip\b/],
  ['identity', /\b(?:id|ids|uuid|guid|key|href|ref|reference|external|remote|slug|hash|etag|idempotency)$/],
  [
    'text',
    /notes?$|comments?$|memo|message|subject|body|^text$|remarks?$|details?$|reasons?$|snippet|guidelines|labels?$|recommendation|hint|statement|summary|instructions?|transcript|footer|greeting|signature|content/,
  ],
]

/** Kinds that no number of figures has: a number under such a name leads to somebody. */
const numeric = new Set<ValueKind>([
  'identity',
  'phone',
  'tax number',
  'account',
  'post code',
  'latitude',
  'longitude',
  'birth date',
])

/** Returns what a value is. */
export function classify(value: string | number, place: ValuePlace): ValueKind {
  // A value is what its object is: { type: 'eu_vat', value: … }.
  const words = wordsOf(/^(?:value|content|val)$/i.test(place.name) ? place.owner : place.name)
  const said = words.join(' ')
  const kind = named.find(([, pattern]) => pattern.test(said))?.[0]
  if (secret.test(place.name) && kind !== 'identity' && kind !== 'text') return 'secret'
  return typeof value === 'number' ? numberKind(value, words, kind) : textKind(value, words, kind, place)
}

const ends = (words: readonly string[], those: ReadonlySet<string>): boolean => those.has(words.at(-1) ?? '')
const has = (words: readonly string[], those: ReadonlySet<string>): boolean => words.some((word) => those.has(word))

function numberKind(value: number, words: readonly string[], kind: ValueKind | undefined): ValueKind {
  if (kind !== undefined && numeric.has(kind)) return kind
  const isMoment = Number.isInteger(value) && ((value > 3e8 && value < 4.2e9) || (value > 3e11 && value < 4.2e12))
  if (isMoment && ends(words, dateWords)) return 'date'
  if (has(words, figureWords)) return 'figure'
  return /^(?:number|no|nr|num|code)$/.test(words.at(-1) ?? '') ? 'number' : 'unknown'
}

function textKind(value: string, words: readonly string[], kind: ValueKind | undefined, place: ValuePlace): ValueKind {
  const content = contentKind(value, words, kind)
  if (content !== undefined) return content
  if (words.join(' ') === 'vat') return 'tax number'
  if (kind === 'text' && ends(wordsOf(place.owner), lineWords) && words.at(-1) === 'description') return 'article'
  if (kind !== undefined && !(kind === 'identity' && /\s/.test(value))) return kind === 'email' ? 'text' : kind
  return nameKind(value, words, wordsOf(place.owner)) ?? (kind === 'identity' ? 'text' : 'unknown')
}

/** Returns what the form of a text shows, whatever its name says. */
function contentKind(value: string, words: readonly string[], kind: ValueKind | undefined): ValueKind | undefined {
  if (date.test(value) || (otherDate.test(value) && ends(words, dateWords)))
    return kind === 'birth date' ? 'birth date' : 'date'
  if (email.test(value)) return 'email'
  if (clock.test(value)) return 'date'
  if (mediaType.test(value)) return 'code'
  if (fileName.test(value)) return 'file name'
  if (url.test(value)) return 'address on the web'
  if (uuid.test(value)) return 'identity'
  if (decimal.test(value) && has(words, figureWords) && (kind === undefined || !numeric.has(kind))) return 'figure'
  if (iban.test(value) && /\d{6}/.test(value.replaceAll(' ', ''))) return kind === 'tax number' ? kind : 'account'
  if (phone.test(value) && !/^\d+$/.test(value)) return 'phone'
  return isCode(value, words) ? 'code' : undefined
}

/** Tells whether a text is a word of a closed set, under a name for such words. */
function isCode(value: string, words: readonly string[]): boolean {
  const last = words.at(-1) ?? ''
  const isWord = value.length < 40 && value.split(/[\s_.-]+/).every((word) => vocabulary.has(word.toLowerCase()))
  if (isWord && (has(words, codeWords) || value === 'true' || value === 'false')) return true
  if (words.includes('currency')) return isKnown('currency', value)
  if (words.includes('country') || words.includes('nationality')) return isCountry(value)
  if (['language', 'locale', 'lang'].includes(last)) return /^[a-z]{2}(?:[-_][A-Z]{2})?$/.test(value)
  return ['timezone', 'zone', 'tz'].includes(last) && timezone.test(value)
}

const isKnown = (type: 'currency' | 'region', code: string): boolean =>
  (type === 'currency' ? /^[A-Z]{3}$/i : /^[A-Z]{2}$/i).test(code) &&
  new Intl.DisplayNames('en', { type, fallback: 'none' }).of(code.toUpperCase()) !== undefined

let countryNames: ReadonlySet<string> | undefined

function isCountry(value: string): boolean {
  if (value.length === 2) return isKnown('region', value)
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  countryNames ??= new Set(
    letters.flatMap((first) => letters.flatMap((second) => names.of(first + second)?.toLowerCase() ?? [])),
  )
  return countryNames.has(value.toLowerCase())
}

/** An identity rather than a name: no space, and a digit or an underscore in it. */
const looksLikeIdentity = (value: string): boolean => /^\S*[\d_]\S*$/.test(value)

/** Returns whose name a text is, or what is called so. */
function nameKind(value: string, words: readonly string[], owner: readonly string[]): ValueKind | undefined {
  const last = words.at(-1) ?? ''
  if (/^(?:number|no|nr|num|code|sku)$/.test(last) || /^(?:po|purchase|order)/.test(words.join(' '))) return 'number'
  if (last === 'state' && has([...words, ...owner], addressWords)) return 'region'
  const isName = /^(?:name|title|label|nickname|displayname|fullname|by|legal)$/.test(last)
  const about = isName && words.length === 1 ? owner : words
  const found: ValueKind | undefined = has(about, personWords)
    ? 'person'
    : has(about, companyWords)
      ? 'company'
      : has(about, lineWords)
        ? 'article'
        : has(about, addressWords)
          ? isName
            ? 'company'
            : 'street'
          : undefined
  if (isName) return found ?? (legalForm.test(value) ? 'company' : isPersonsName(value) ? 'person' : undefined)
  if (/^(?:by|createdby)$/.test(last)) return 'person'
  if (found !== undefined && (ends(words, companyWords) || ends(words, personWords)))
    return looksLikeIdentity(value) ? 'identity' : found
  if (/description|caption/.test(last)) return has(owner, lineWords) ? 'article' : 'text'
  return found === 'article' && /\s/.test(value) ? 'article' : undefined
}

const isPersonsName = (value: string): boolean =>
  /^\p{Lu}[\p{L}'’.-]+(?: (?:\p{Ll}{1,4} )?\p{Lu}[\p{L}'’.-]*){1,3}$/u.test(value)
