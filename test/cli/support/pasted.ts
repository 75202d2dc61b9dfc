/** Does what a shell and curl would do with a line: arguments in single quotes or none, `-H`, `-X`, `-d` and an address. */
export function pasted(line: string): Promise<Response> {
  const words = [...line.matchAll(/(?:'[^']*'|\\'|[^\s'\\])+/g)].map(([word]) =>
    word.replace(/'([^']*)'|\\'/g, (_, inner?: string) => inner ?? "'"),
  )
  const headers: [string, string][] = []
  let url = ''
  let method: string | undefined
  let body: string | undefined
  for (let index = 1; index < words.length; index++) {
    const word = words[index] ?? ''
    const value = (): string => words[++index] ?? ''
    if (word === '-H')
      headers.push(
        value()
          .split(/: (.*)/s)
          .slice(0, 2) as [string, string],
      )
    else if (word === '-X') method = value()
    else if (word === '-d') body = value()
    else url = word
  }
  return fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    ...(body !== undefined && { body }),
  })
}
