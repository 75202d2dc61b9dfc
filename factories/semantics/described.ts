import type { Clue } from './clue.ts'

/** What descriptions say outright: counts whatever the name. */
const outright: readonly (readonly [RegExp, string])[] = [
  [/\bid of (?:the|a|an|this|its)\b|\bidentifier of\b/, 'id'],
  [/^(?:the )?kind of record/, 'entity type'],
]

/** What descriptions suggest: counts where the name tells nothing. */
const suggested: readonly (readonly [RegExp, string])[] = [
  [/\buuid\b|\bguid\b|\bunique id/, 'id'],
  [/e-?mail address/, 'email'],
  [/phone number|telephone/, 'phone'],
  [/iso 4217|currency code/, 'currency'],
  [/iso 3166|country code/, 'country code'],
  [/iso 639|language code/, 'language'],
  [/iso 8601|rfc 3339|date and time|datetime|timestamp/, 'moment'],
  [/time ?zone/, 'time zone'],
  [/\byyyy-mm-dd\b|\bthe date\b/, 'moment'],
  [/\burl\b|\blink to\b|\bhyperlink\b/, 'link'],
  [/name of (?:the |a |an )?(?:person|user|contact|employee)/, 'full name'],
  [/name of (?:the |a |an )?(?:company|customer|supplier|organi[sz]ation|business|vendor)/, 'company'],
  [/\bpercent/, 'percentage'],
  [/\bin cents\b|minor unit|\bamount\b|\bprice\b/, 'amount'],
  [/\bnumber of\b|\bhow many\b/, 'count'],
  [/\bin bytes\b/, 'size in bytes'],
  [/\bin days\b/, 'days'],
  [/\bin seconds\b/, 'seconds'],
  [/\bidentifier\b|\bunique\b|\bid\b/, 'id'],
  [/\bstate\b|\bstatus\b/, 'status'],
  [/\bhow often\b/, 'frequency'],
  [/\bfree text\b|\bnotes?\b|\bcomments?\b/, 'note'],
]

/** Returns the label of what a description says a value means; `undefined` where it says nothing, or the name says more. */
export function described({ words, description, types }: Clue, score: number): string | undefined {
  if (types.has('boolean')) return undefined
  const isNamed = ['id', 'key', 'uuid', 'identifier', 'code', 'number', 'reference'].includes(words.at(-1) ?? '')
  const says = ([expression]: readonly [RegExp, string]): boolean => expression.test(description)
  const found = (isNamed ? undefined : outright.find(says)) ?? (score === 0 ? suggested.find(says) : undefined)
  return found?.[1]
}
