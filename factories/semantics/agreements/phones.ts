import { countries } from '../../ledger/countries.ts'
import { fillPattern } from '../../ledger/text.ts'
import { hashText, Random } from '../../random.ts'
import type { Agreement } from '../members.ts'

const patterns = countries.flatMap(({ towns }) => towns.map(({ phone }) => phone))

/** A national number is one of the country that the calling code beside it stands for. */
export const phonesAgree: Agreement = (members) => {
  const national = members.find('national number', 'local number', 'subscriber number')
  const number = members.text(national)
  const code = members
    .text(members.find('country code', 'calling code', 'dial code', 'country calling code'))
    ?.replace('+', '')
  if (number === undefined || code === undefined) return undefined
  const fitting = patterns.filter((pattern) => pattern.startsWith(`+${code} `))
  if (fitting.length === 0) return undefined
  const random = new Random(hashText(number))
  return {
    [national as string]: fillPattern(
      random
        .pick(fitting)
        .slice(code.length + 2)
        .replaceAll(' ', ''),
      random,
    ),
  }
}
