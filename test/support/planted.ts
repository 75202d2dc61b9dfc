/** Twenty people, each with what leads to them and what only they know. */
export const people = Array.from({ length: 20 }, (_, index) => {
  const letters = Array.from(String(index + 10), (digit) => 'bdfgklmprs'.charAt(Number(digit))).join('a')
  const word = letters.charAt(0).toUpperCase() + letters.slice(1)
  return {
    name: `Annika${letters} Wester${letters}`,
    email: `annika.${letters}@wester${letters}.de`,
    phone: `+4915112345${100 + index}`,
    mobile: 491_601_234_100 + index,
    iban: `DE8937040044053201${3000 + index}`,
    token: `eyJhbGciOi${letters}.eyJzdWIi${letters}.sig${letters}${index}x`,
    key: `sk_live_${letters}4eC39HqLyjW${index}`,
    password: `Pass${word}!9${index}`,
    street: `Birkenweg${letters} ${41 + index}`,
    cookie: `session${letters}${index}abcdef`,
  }
})
/** What nobody may read. */
export const planted = people.flatMap((person) => Object.values(person).map(String))

/** One of them. */
export type Person = (typeof people)[number]

/** Returns what of all that is planted stands in a text, as it is, or encoded for a URL, JSON or markup. */
export const foundIn = (text: string): readonly string[] =>
  planted.filter((one) =>
    [one, encodeURIComponent(one), encodeURIComponent(one).replaceAll('%20', '+'), one.replaceAll('@', '&#64;')].some(
      (form) => text.includes(form),
    ),
  )
