import type { CharSet } from './charset.ts'

/** A regular expression of ECMA-262, parsed. */
export type Syntax =
  /** One character; the source is how the pattern writes it. */
  | { readonly kind: 'set'; readonly set: CharSet; readonly source: string }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Syntax[] }
  | { readonly kind: 'repeat'; readonly body: Syntax; readonly min: number; readonly max: number }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'boundary'; readonly negated: boolean }
  | {
      readonly kind: 'look'
      readonly body: Syntax
      readonly behind: boolean
      readonly negated: boolean
      readonly source: string
    }
  | { readonly kind: 'group'; readonly body: Syntax; readonly index: number; readonly name?: string }
  | { readonly kind: 'back'; readonly to: number | string }

/** Returns the parts directly inside. */
export function subpatterns(syntax: Syntax): readonly Syntax[] {
  if ('parts' in syntax) return syntax.parts
  return 'body' in syntax ? [syntax.body] : []
}

/** Tells whether a test holds for the expression or anything inside it. */
export const some = (syntax: Syntax, test: (part: Syntax) => boolean): boolean =>
  test(syntax) || subpatterns(syntax).some((part) => some(part, test))
