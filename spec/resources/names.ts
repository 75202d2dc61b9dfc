/**
 * Returns the words of a name in lower case: `externalCustomer_id` is `['external', 'customer', 'id']`, `InvoiceIDs` is
 * `['invoice', 'ids']`.
 */
export const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])(?!$|s$)/g, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())

const irregular: Readonly<Record<string, string>> = {
  people: 'person',
  children: 'child',
  indices: 'index',
  statuses: 'status',
  addresses: 'address',
}

/** Returns an English noun in the singular, good enough to compare names by: `taxes` is `tax`, `entries` is `entry`. */
export function singular(word: string): string {
  const known = irregular[word]
  if (known !== undefined) return known
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2)
  return /[^su]s$/.test(word) && !/(?:is|ews)$/.test(word) ? word.slice(0, -1) : word
}

/** Returns a name in a form to compare by: words in lower case, the last one in the singular, without marks between them. */
export function nounOf(name: string): string {
  const words = wordsOf(name)
  return [...words.slice(0, -1), singular(words.at(-1) ?? '')].join(' ')
}
