// Keywords that Ajv judges wrongly, or in the square of what a value or a schema holds.

import type * as AjvModule from 'ajv/dist/2020.js'
import type { CodeKeywordDefinition, KeywordCxt } from 'ajv/dist/2020.js'
import type { Instance } from './engine.ts'
import { areUnique, isAmong, isMultiple, spend } from './runtime.ts'

/** The keyword by which a stored schema says how many steps it takes to ask it; no word of a document. */
export const effortKeyword = 'x-proforma-effort'

/** Lists of up to so many words are searched from their beginning. */
const short = 16

/**
 * Gives an instance its own keywords: decimals are compared as they are written, where Ajv divides in floating point; items that differ and
 * words of long lists are found in one go, where Ajv compares each with each; and schemas count how often they are asked.
 * @param _ Ajv's own template of code
 */
export function addKeywords(ajv: Instance, _: (typeof AjvModule)['_']): void {
  /** Returns how code calls a function: by reference, or in a module of its own by the name that `runtime.ts` has it under. */
  const call = ({ gen }: KeywordCxt, ref: unknown, code: ReturnType<typeof _>) => gen.scopeValue('func', { ref, code })

  ajv.removeKeyword('multipleOf')
  ajv.addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    schemaType: 'number',
    error: { message: 'is no multiple', params: ({ schemaCode }) => _`{multipleOf: ${schemaCode}}` },
    code: (context) =>
      context.fail(_`!${call(context, isMultiple, _`isMultiple`)}(${context.schemaCode}, ${context.data})`),
  })

  ajv.removeKeyword('uniqueItems')
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    before: 'prefixItems',
    code(context) {
      if (context.schema === true) context.fail(_`!${call(context, areUnique, _`areUnique`)}(${context.data})`)
    },
  })

  const { code: compare, ...enumeration } = ajv.getKeyword('enum') as CodeKeywordDefinition
  ajv.removeKeyword('enum')
  ajv.addKeyword({
    ...enumeration,
    before: 'not',
    code(context) {
      if ((context.schema as unknown[]).length <= short) return compare(context)
      context.fail(_`!${call(context, isAmong, _`isAmong`)}(${context.schemaCode}, ${context.data})`)
    },
  })

  ajv.addKeyword({
    keyword: effortKeyword,
    schemaType: 'number',
    code: (context) => void context.gen.code(_`${call(context, spend, _`spend`)}(${context.schema as number})`),
  })
}
