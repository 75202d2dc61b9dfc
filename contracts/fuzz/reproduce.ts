import { literal } from '../../spec/index.ts'
import { mask, printable } from '../check/credentials.ts'
import type { Composed } from '../check/request.ts'
import type { Aim } from './probe.ts'

/** Files of a document that is not built in. */
export interface TestSource {
  readonly document: string
  readonly overlays?: readonly string[]
}

/** What a test is about. */
interface TestOptions {
  readonly aim: Aim
  /** A refusal is what is wrong. */
  readonly isRefused?: boolean
  readonly source?: TestSource
}

/** Returns a Vitest test that fails as long as a server answers a request wrongly; credentials come from the environment. */
export function testFor(
  api: string,
  operation: string,
  { method, url, headers, body }: Composed,
  { aim, isRefused = false, source }: TestOptions,
): string {
  const sent = [...headers]
    .filter(([name]) => name !== 'accept')
    .map(
      ([name, value]) =>
        `${/^(?!\d|__proto__$)\w+$/.test(name) ? name : `[${literal(name)}]`}: ${valueOf(name, printable(name, value))}`,
    )
  const init = [
    `method: ${literal(method)}`,
    ...(sent.length > 0 ? [`headers: { ${sent.join(', ')} }`] : []),
    ...(body === undefined ? [] : [`body: ${literal(body)}`]),
  ]
  return [
    "import { expect, it } from 'vitest'",
    "import 'proforma/vitest'",
    ...(source
      ? [
          "import { load } from 'proforma/load'",
          '',
          `const api = load(${literal(source.document)}${source.overlays ? `, { overlays: [${source.overlays.map(literal).join(', ')}] }` : ''})`,
        ]
      : []),
    '',
    `it(${literal(`${operation} ${aim === 'invalid' ? 'refuses what its document forbids' : 'honours its contract'}`)}, async () => {`,
    `  const response = await fetch(${literal(url)}, { ${init.join(', ')} })`,
    ...(aim === 'invalid' ? ['  expect(response.status).toBeGreaterThanOrEqual(400)'] : []),
    `  expect(response.status).toBeLessThan(${isRefused ? 400 : 500})`,
    `  await expect(response).toHonourContract(${source ? 'api' : literal(api)}, ${literal(operation)})`,
    '})',
  ].join('\n')
}

/** In the printed test: it runs in Node, this does not have to. */
const environment = ['process', 'env'].join('.')

/** A masked value lets nobody in: the variable is named as the header is. */
const valueOf = (name: string, shown: string): string =>
  shown === mask ? `${environment}.${variable(name)} ?? ${literal(mask)}` : literal(shown)

const variable = (name: string): string =>
  name
    .toUpperCase()
    .replace(/\W/g, '_')
    .replace(/^(?=\d)/, '_')
