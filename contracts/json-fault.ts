/** Returns what V8 says of a text that is no JSON, without the text itself, which it goes on to quote. */
export const jsonFault = (error: unknown): string =>
  (error as Error).message.replace(/(?:^|, )(?:\.\.\.)?".*$/s, '') || 'another text'
