/** Returns the seed that an option states: a number where it looks like one, else a word. The library takes both. */
export const seedOf = (text: string): number | string => (/^-?\d{1,15}$/.test(text) ? Number(text) : text)
