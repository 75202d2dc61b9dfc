import type * as AjvModule from 'ajv/dist/2020.js'
import { patternOf } from '../pattern/pattern.ts'
import { formats } from './formats.ts'
import { isMultiple } from './multiple.ts'
import type { Store } from './translate.ts'

/** The module `ajv/dist/2020.js`. */
export type Ajv = typeof AjvModule
/** An instance of Ajv. */
export type Instance = InstanceType<Ajv['Ajv2020']>

/** What validators are made for. */
export type Purpose =
  /** To tell whether a value fits. */
  | 'verdict'
  /** To tell all that is wrong; errors name the schema object, which leads back to its line in the document. */
  | 'explanation'
  /** To be written as a module that tells all that is wrong; `verbose` ones say what the branches of a choice ask for. */
  | 'module'
  | 'verbose module'

/** Ajv takes what makes expressions; the code is what calls it in a module of its own. */
const readPattern = Object.assign(
  (text: string) => Object.assign(Object.create(patternOf(text)) as object, { toString: () => text }),
  { code: 'patternOf' },
)

/**
 * Returns an instance of Ajv over the schemas of a store, which may grow. Decimals are compared as they are written, where Ajv divides in
 * floating point; patterns are those of `pattern/`, formats those of `formats.ts`.
 */
export function instanceOf({ Ajv2020, _ }: Ajv, store: Store, purpose: Purpose): Instance {
  const ajv = new Ajv2020({
    strict: false,
    // Stopping at the first error is no faster, and loses `contains` beside `prefixItems`.
    allErrors: true,
    verbose: purpose === 'explanation' || purpose === 'verbose module',
    ownProperties: store.needs.own,
    formats,
    logger: false,
    messages: false,
    // Schemas have been read already (spec/keywords.ts).
    meta: false,
    validateSchema: false,
    code: {
      regExp: readPattern as never,
      optimize: 2,
      ...(purpose.endsWith('module') && { source: true, formats: _`formats` }),
    },
    // A function for each schema that is referred to: engines make short ones fast.
    inlineRefs: false,
  })
  // Its notes of what was looked at are faulty where nobody asks for them, and long.
  ajv.opts.unevaluated = store.needs.unevaluated
  ajv.removeKeyword('multipleOf')
  ajv.addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    schemaType: 'number',
    error: { message: 'is no multiple', params: ({ schemaCode }) => _`{multipleOf: ${schemaCode}}` },
    code(context) {
      const test = context.gen.scopeValue('func', { ref: isMultiple, code: _`isMultiple` })
      context.fail(_`!${test}(${context.schemaCode}, ${context.data})`)
    },
  })
  ajv.addSchema(store.root)
  return ajv
}
