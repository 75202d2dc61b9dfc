// Decides by role or property name how a text is masked.

import { isCredentialName } from '../../spec/index.ts'
import type { Binding } from '../../spec/index.ts'
import type { Mask } from './text.ts'

/** Lines and payments, taxes and services tell what was sold, not to whom. */
const harmlessEntities = new Set(['line', 'tax', 'allowance', 'charge', 'payment', 'service', 'sort', 'page'])

/** Returns the name by which a property is masked: what stands below a secret is one, whatever it is called. */
export const heirOf = (owner: string, name: string): string =>
  isCredentialName(owner) && !isCredentialName(name) && !/session|signature|auth/i.test(owner) ? owner : name

const number = /phone|mobile|fax|^tel/i
const person = /name$|street|address(?!_?id)|^city|postal|^zip|iban|^bic|vat|tax_?(?:id|number)|birth|registration/i
const free = /note|comment|memo|message|subject|body|^text|summary|transcript|detail|reason/i

/** Returns how a text with a role is masked, or `undefined` where it stays. */
export function sortOfRole({ role, term: { kind, allows } }: Pick<Binding, 'role' | 'term'>): Mask | undefined {
  if (kind === 'id') return undefined
  if (kind !== 'text' && kind !== 'texts' && kind !== 'json') return undefined
  if (allows?.includes('public') || harmlessEntities.has(role.split('.')[0] as string)) return 'embedded'
  if (/phone$|^call\.(?:from|to)$|OutreachTo$/i.test(role)) return 'phone'
  return isCredentialName(role) ? 'secret' : 'words'
}

/** Returns how a text without a role is masked, by the name of its property. */
export function sortOfName(name: string): Mask {
  if (isCredentialName(name)) return 'secret'
  if (number.test(name)) return 'phone'
  return person.test(name) || free.test(name) ? 'words' : 'embedded'
}

/** Tells whether a number under a name is a secret, or leads to a person. */
export const isPersonal = (name: string): boolean => isCredentialName(name) || number.test(name) || person.test(name)

/** Several words with capitals are a name as a rule, whatever their property is called. */
export const looksLikeName = (text: string): boolean =>
  /^\p{Lu}[\p{L}'’.-]+(?: (?:\p{Ll}{1,4} )?\p{Lu}[\p{L}'’.-]*){1,3}$/u.test(text)

/** Words of errors and of business, which stand in no name of a person. */
const ordinary = new Set(
  (
    'access account allowed amount api authentication authorization bad bearer body cancelled cannot conflict content credit customer ' +
    'data date debit denied due entity error expected expired failed field first forbidden found gateway http id in internal invalid ' +
    'invoice invoices is json key last length limit limited list many media method missing must name net never no not null number of ' +
    'order overdue page paid parameter partially past payment payments permission please progress property query rate received ' +
    'request requests required resource retry schema scope server service sent status supported teapot temporarily the this timeout ' +
    'token too total type unauthorized unavailable unexpected unknown unprocessable unsupported url user value version void with xml'
  ).split(' '),
)

const capitals = /\p{Lu}[\p{L}'’-]+(?: (?:\p{Ll}{1,4} )?\p{Lu}[\p{L}'’-]*)+/gu

/** Returns a text with what looks like names in it replaced: words with capitals in a row, none of them ordinary. */
export const replaceNames = (text: string, make: (name: string) => string): string =>
  text.replace(capitals, (row) =>
    row
      .split(/( )/)
      .reduce<string[][]>(
        (runs, part) => {
          const isOrdinary = ordinary.has(part.toLowerCase())
          if (isOrdinary) runs.push([part], [])
          else runs.at(-1)?.push(part)
          return runs
        },
        [[]],
      )
      .map((run) => run.join(''))
      .map((run) => run.replace(/\p{Lu}\S* (?:.* )?\p{Lu}\S*/u, make))
      .join(''),
  )
