import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { boundPlaces } from '../../cli/roles.ts'
import { apiNames, atPointer, builtIn, roles } from '../../spec/index.ts'
import { run } from './support/command.ts'
import { runHere } from './support/run-here.ts'

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
