// Takes the names of properties apart into words.

/** Compounds that people write as one word. */
const compounds: Readonly<Record<string, string>> = {
  firstname: 'first name',
  lastname: 'last name',
  fullname: 'full name',
  surname: 'last name',
  forename: 'first name',
  username: 'user name',
  filename: 'file name',
  mimetype: 'mime type',
  phonenumber: 'phone number',
  telephone: 'phone',
  mobilephone: 'mobile phone',
  postcode: 'postal code',
  zipcode: 'postal code',
  zip: 'postal',
  postalcode: 'postal code',
  timezone: 'time zone',
  createdat: 'created at',
  updatedat: 'updated at',
  duedate: 'due date',
  taxid: 'tax id',
  lat: 'latitude',
  lng: 'longitude',
  lon: 'longitude',
  colour: 'color',
  organisation: 'organization',
  qty: 'quantity',
  desc: 'description',
  msg: 'message',
  img: 'image',
  homepage: 'website',
  uri: 'url',
  guid: 'uuid',
  useragent: 'user agent',
  ipaddress: 'ip address',
  emailaddress: 'email address',
  checksum: 'hash',
  subdomain: 'sub domain',
  hostname: 'host name',
}

/** Words that mean something else without their s. */
const plural = new Set([
  'days',
  'hours',
  'minutes',
  'seconds',
  'milliseconds',
  'weeks',
  'months',
  'years',
  'cents',
  'bytes',
  'pixels',
  'sms',
  'gps',
  'is',
  'has',
  'was',
  'this',
  'does',
  'requires',
  'needs',
  'previous',
])

/** Returns the words of a name in lower case, compounds taken apart and plurals made singular: `createdAt`, `zip_codes`, `URLPath`. */
export function nameWords(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/\be[-_ ]mail/g, 'email')
    .replaceAll(/([a-z])(\d)/g, '$1 $2')
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '')
    .flatMap(wordParts)
}

/** Returns what `nameWords` makes of one word of lower-case letters. */
export const wordParts = (word: string): readonly string[] =>
  Object.hasOwn(compounds, word) ? (compounds[word] as string).split(' ') : [singularWord(word)]

/** Returns one of what a plural names; leaves other words alone. */
export function singularWord(word: string): string {
  if (word.length < 4 && word !== 'ids') return word
  if (plural.has(word) || /(?:ss|us|is|news|series)$/.test(word)) return word
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(?:x|ch|sh|ss|us)es$/.test(word)) return word.slice(0, -2)
  return word.endsWith('s') ? word.slice(0, -1) : word
}

/** Returns words as a title: `['sort', 'order']` becomes `Sort order`. */
export function titleFrom(words: readonly string[]): string {
  const text = words.join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
