import { spoken } from '../members.ts'
import type { Agreement } from '../members.ts'

/** `is_archived` and `archived_at` say the same, and so do `success` and `error`. */
export const flagsAgree: Agreement = ({ names, value }) => {
  const changes: Record<string, unknown> = {}
  for (const name of names) {
    const flag = value[name]
    if (typeof flag !== 'boolean') continue
    const state = spoken(name).replace(/^(?:is|was|has|has been) /, '')
    const moment = names.find((other) => /^(.+) (?:at|on|date)$/.exec(spoken(other))?.[1] === state)
    if (moment !== undefined) {
      if (value[moment] === null) changes[name] = false
      else if (!flag) changes[moment] = null
    }
    const fault = names.find((other) => ['error', 'error message', 'failure reason', 'error code'].includes(spoken(other)))
    if (fault !== undefined && ['success', 'ok', 'successful', 'succeeded'].includes(state)) changes[name] = value[fault] === null
  }
  return changes
}
