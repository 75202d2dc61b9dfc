import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { parse } from 'yaml'
import { boundPlaces, jsonPathOf, overlayText } from '../../cli/roles.ts'
import { apiNames, applyOverlay, atPointer, builtIn, join, roles } from '../../spec/index.ts'
import type { Document } from '../../spec/index.ts'
import { hostile } from '../support/hostile.ts'
import { run } from './support/command.ts'
import { runHere } from './support/run-here.ts'

describe('an overlay of roles', () => {
  it('finds its places again, whatever they are called', () => {
    fc.assert(
      fc.property(fc.uniqueArray(hostile, { minLength: 1, maxLength: 4 }), (names) => {
        const documentWith = (annotation: object): Document => ({
          openapi: '3.1.0',
          info: { title: names.join(''), version: '1' },
          components: {
            schemas: Object.fromEntries(
              names.map((name) => [
                name,
                { type: 'object', properties: Object.fromEntries(names.map((own) => [own, { ...annotation }])) },
              ]),
            ),
          },
        })
        const [bare, bound] = [documentWith({ type: 'string' }), documentWith({ type: 'string', 'x-note': 'a' })]
        const text = overlayText({ document: bare }, { document: bound, title: names.join('') })
        const found = applyOverlay(bare, parse(text))
        // Half a surrogate pair can be written in no JSONPath.
        expect(found).toEqual(names.every((name) => name.isWellFormed()) ? bound : expect.anything())
        const [first = ''] = names
        if (!first.isWellFormed()) return
        const remove = { target: jsonPathOf(bound, join('', 'components', 'schemas', first)), remove: true }
        const without = applyOverlay(bound, { overlay: '1.0.0', actions: [remove] })
        expect(atPointer(without, join('', 'components', 'schemas', first))).toBeUndefined()
      }),
      { numRuns: 300, examples: [[["a'] ..x"]], [['$']], [["'"]], [['\u2028']], [['__proto__']]] },
    )
  })
})

describe('roles', () => {
  it('lists the vocabulary: role, kind, business term, meaning', async () => {
    const { code, stdout, stderr } = await run(['roles'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^ {2}invoice\.total +amount +BT-112 +\S/m)
    for (const role of Object.keys(roles)) expect(stdout).toMatch(new RegExp(`^  ${role.replaceAll('.', '\\.')} `, 'm'))
  })

  it('is coloured on request only', async () => {
    const [plain, coloured] = await Promise.all([
      run(['roles'], { env: { NO_COLOR: '', FORCE_COLOR: '0' } }),
      run(['roles'], { env: { NO_COLOR: '', FORCE_COLOR: '1' } }),
    ])
    expect(plain.stdout).not.toContain('\u001b')
    expect(coloured.stdout).toContain('\u001b[1minvoice\u001b[22m')
    expect(stripVTControlCharacters(coloured.stdout)).toBe(plain.stdout)
  })

  it('lists what an API binds, and where', async () => {
    const { code, stdout } = await runHere(['roles', 'stuut'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ {2}sync +POST \/v1\/invoices\/\{invoice_id\}\/sync +syncInvoice$/m)
    expect(stdout).toMatch(
      /^ {2}invoice\.payable +\/components\/schemas\/Invoice\/properties\/amount_due +\S*openapi\.yaml:\d+$/m,
    )
  })

  it.each(apiNames)('misses none that %s binds, and points at places that exist', (name) => {
    const model = builtIn(name)
    const places = boundPlaces(model)
    expect(
      [...model.bound].filter(
        (role) => !places.some((place) => place.role === role || place.role.startsWith(`${role} `)),
      ),
    ).toEqual([])
    expect(places.filter(({ pointer }) => atPointer(model.document, pointer) === undefined)).toEqual([])
  })
})
