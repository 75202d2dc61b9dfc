import {
  registerSchema,
  setShouldValidateFormat,
  unregisterSchema,
  validate,
} from '@hyperjump/json-schema/draft-2020-12'
import '@hyperjump/json-schema/formats'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { AnySchema } from 'ajv'
import { fullFormats } from 'ajv-formats/dist/formats.js'

const ajv = new Ajv2020({
  strict: false,
  logger: false,
  ownProperties: true,
  validateSchema: false,
  formats: fullFormats,
})
setShouldValidateFormat(true)
let registered = 0

/** Hyperjump's remainder of a negative fraction is off: it refuses -0.49 as a multiple of 0.01. */
const isMisjudged = (schema: string, value: string): boolean =>
  /"multipleOf":\d*\.\d/.test(schema) && /-\d*\.\d/.test(value)

/** Returns the names of the validators, ajv and hyperjump, that find a value among these invalid. */
export async function against(schema: AnySchema, values: readonly unknown[]): Promise<string[]> {
  const accepts = ajv.compile(schema)
  ajv.removeSchema(schema)
  const uri = `https://schemas.example/${registered++}`
  registerSchema(schema, uri, 'https://json-schema.org/draft/2020-12/schema')
  const check = await validate(uri)
  unregisterSchema(uri)
  return values.flatMap((value) => [
    ...(accepts(value) ? [] : [`ajv against ${JSON.stringify(value)}`]),
    ...(check(value as never).valid || isMisjudged(JSON.stringify(schema), JSON.stringify(value))
      ? []
      : [`hyperjump against ${JSON.stringify(value)}`]),
  ])
}
