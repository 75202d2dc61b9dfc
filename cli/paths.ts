import { misuse } from './misuse.ts'

/** Tells whether an argument is a document and no name of an API: it has a slash or an extension, or is `-`, standard input. */
const isPath = (text: string): boolean => text === '-' || /[/\\]|\.\w*$/.test(text)

/**
 * Returns the arguments of a command in which a document that is named in the place of an API is what `--document` says.
 * @throws Misuse for a document that is named twice.
 */
export function withPaths(syntax: string | undefined, given: readonly unknown[]): readonly unknown[] {
  const [named, flags, ...rest] = given as [unknown, Readonly<Record<string, unknown>>, ...unknown[]]
  if (syntax === '[apis...]') {
    const names = named as readonly string[]
    const paths = names.filter(isPath)
    const stated = (flags.document ?? []) as readonly string[]
    return paths.length === 0
      ? given
      : [names.filter((name) => !isPath(name)), { ...flags, document: [...paths, ...stated] }, ...rest]
  }
  if (syntax !== '[api]' || typeof named !== 'string' || !isPath(named)) return given
  if (flags.document !== undefined)
    throw misuse('the command line', { expected: 'one document', received: `${named} and --document` })
  return [undefined, { ...flags, document: named }, ...rest]
}
