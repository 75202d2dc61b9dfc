import type { TestProject } from 'vitest/node'
import type { ContractOptions } from '../../contracts/index.ts'
import type { ApiName } from '../../index.ts'

/** An API to hold against its contract, and where it answers. */
export interface Server {
  readonly api: ApiName
  readonly options: ContractOptions
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly servers: readonly Server[]
  }
}

/**
 * Tells the suite in `contracts/` where each API answers: `PROFORMA_URL_STUUT` names a real one, `PROFORMA_HEADER_STUUT` its
 * credentials as `Name: value`, `PROFORMA_PARAMETERS_STUUT` values it cannot do without as `a=1&b=2`. All others are mocks,
 * which are written to as well.
 */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  // Only now: the bundled documents may just have been made.
  const { apiNames, mock } = await import('../../index.ts')
  const { serve } = await import('../../mocks/server.ts')
  const { standingDay, readToday } = await import('../../mocks/index.ts')
  const { credentialsFor } = await import('./credentials.ts')
  const mocks = apiNames.map((name) => mock(name, { seed: 42, today: standingDay }))
  const mocked = await serve(mocks.map(({ model, fetch }) => ({ prefix: `/${model.name}`, title: model.title, fetch })))
  provide(
    'servers',
    mocks.map(({ model }) => {
      const api = model.name as ApiName
      const url = process.env[`PROFORMA_URL_${api.toUpperCase()}`]
      if (!url)
        return {
          api,
          options: {
            baseUrl: `${mocked.url}/${api}`,
            headers: credentialsFor(model),
            today: readToday(standingDay),
            writes: true,
          },
        }
      const [name = '', value] = (process.env[`PROFORMA_HEADER_${api.toUpperCase()}`] ?? '').split(/:\s*(.*)/s)
      const parameters = Object.fromEntries(
        new URLSearchParams(process.env[`PROFORMA_PARAMETERS_${api.toUpperCase()}`]),
      )
      const today = readToday(new Date().toISOString().slice(0, 10))
      return {
        api,
        options: { baseUrl: url, headers: value === undefined ? {} : { [name]: value }, parameters, today },
      }
    }),
  )
  return () => mocked.close()
}
