import type { Problem } from '../spec/index.ts'

/** Why a request is answered with an error; turned into the API's own error body at the door. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly problems: readonly Problem[]

  constructor(status: number, message: string, problems: readonly Problem[] = []) {
    super(message)
    this.status = status
    this.problems = problems
  }
}
