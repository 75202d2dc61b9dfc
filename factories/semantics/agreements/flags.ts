import { spoken } from '../members.ts'
import type { Agreement } from '../members.ts'

interface State {
  readonly name: string
  readonly state: string
  readonly moment: string | undefined
  readonly fault: string | undefined
}

const faults = ['error', 'error message', 'failure reason', 'error code']

function statesOf(names: readonly string[]): State[] {
  const fault = names.find((name) => faults.includes(spoken(name)))
  const moments = new Map(
    names.toReversed().flatMap((name) => {
      const state = /^(.+) (?:at|on|date)$/.exec(spoken(name))?.[1]
      return state === undefined ? [] : [[state, name] as const]
    }),
  )
  return names.map((name) => {
    const state = spoken(name).replace(/^(?:is|was|has|has been) /, '')
    return { name, state, moment: moments.get(state), fault }
  })
}

/** `is_archived` and `archived_at` say the same, and so do `success` and `error`. */
export const flagsAgree: Agreement = (members) => {
  const { value } = members
  const changes: Record<string, unknown> = {}
  for (const { name, state, moment, fault } of members.once(statesOf)) {
    const flag = value[name]
    if (typeof flag !== 'boolean') continue
    if (moment !== undefined) {
      if (value[moment] === null) changes[name] = false
      else if (!flag) changes[moment] = null
    }
    if (fault !== undefined && ['success', 'ok', 'successful', 'succeeded'].includes(state))
      changes[name] = value[fault] === null
  }
  return changes
}
