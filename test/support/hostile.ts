import fc from 'fast-check'

/** What ends a literal, a comment, a line, a word of a shell, an element or a cell somewhere. */
const breakers = [
  '\n', '\r\n', '\u2028', '\u2029', '\u0085', '\u0000', '\u001b[2J', '\u009b31m', '\u202e', '\t',
  "'", '"', '`', '\\', "\\'", '\\"', '\\\\', '*/', '/*', '//', '#', '<!--', '-->', ']]>', '</script>', '</code></details>',
  '${pwned()}', '$(pwned)', '`pwned`', ';', '&&', '|', '\\|', '||', '\n::error::pwned', '##vso[task.complete result=Failed]pwned', '##teamcity[pwned]', '\u2066', '\u200f', '##[error]pwned', '::stop-commands::pwned', '%0A::error::pwned',
  '__proto__', 'constructor', '@@example 0@@', '@@example0 0@@', '@team', '[a](javascript:pwned())', '![](//pwned)', '<img src=x onerror=pwned()>',
  "');pwned();('", '");pwned();("', '`);pwned();(`', '\npwned()\n', '*/pwned()/*', "'\npwned\n'", '"; pwned; "', ')', '}', ']', '{', '\ud800', '\ufeff',
] // prettier-ignore

/** Texts that would be code, markup or commands where somebody did not quote them: each has `pwned` in it, or what sets it free. */
export const hostile: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(fc.constantFrom(...breakers, 'pwned()', ' '), { minLength: 1, maxLength: 5 })
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1 }) },
)
