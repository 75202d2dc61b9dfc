import { failure } from '../../spec/index.ts'
import { Random } from '../random.ts'
import type { Seed } from '../random.ts'
import { cipherOf } from './cipher.ts'
import type { Cipher } from './cipher.ts'
import { flat } from './flat.ts'
import { readToken, writeToken } from './token.ts'
import { readUuid, writeUuid } from './uuid.ts'

/** How an API writes identities: a UUID, a whole number, a prefix and a token (`inv_8kQ2vd…`), or a bare token. */
export type Form = 'uuid' | 'integer' | 'prefixed' | 'token'

/** The greatest key that has an identity: 2⁵⁰. The least is −1, the seller. */
export const greatestKey = 1_125_899_906_842_624

interface Kind {
  readonly cipher: Cipher
  /** The integer form of key 0: a small number that differs from kind to kind. */
  readonly offset: number
  /** What was written of late, by the last bits of the key: one answer names the same thing again and again. */
  readonly recent: (Written | undefined)[]
}

interface Written {
  readonly key: number
  readonly form: Form
  readonly prefix: string
  readonly text: string
  readonly json: string
}

const remembered = 64

/** Identities of a seed: keys of things to texts and numbers and back, in O(1), without a table. */
export class Identities {
  readonly #random: Random
  readonly #kinds = new Map<string, Kind>()

  constructor(seed: Seed) {
    this.#random = Random.of(seed).at('identity')
  }

  /**
   * Returns the identity of a thing: the same for the same seed, kind and key, another for every other.
   * @param kind what it is the identity of: `invoice`, `party`, `email`; kinds share no UUID
   * @param key −1 to 2⁵⁰
   * @param prefix written before a `prefixed` identity: `inv_`
   * @throws Failure for a key out of range.
   */
  encode(kind: string, key: number, form: Form, prefix = ''): string | number {
    checkKey(kind, key)
    const kindOf = this.#kindOf(kind)
    return form === 'integer' ? kindOf.offset + key : writtenIn(kindOf, key, form, prefix).text
  }

  /** Returns the same identity as JSON text. */
  write(kind: string, key: number, form: Form, prefix = ''): string {
    return form === 'integer'
      ? String(this.encode(kind, key, form))
      : (checkKey(kind, key), writtenIn(this.#kindOf(kind), key, form, prefix).json)
  }

  /**
   * Returns the key that an identity stands for, undefined where it is none of this seed, kind and form.
   * A number may come as text, as in a path; a UUID in either letter case.
   */
  decode(kind: string, value: unknown, form: Form, prefix = ''): number | undefined {
    const { cipher, offset } = this.#kindOf(kind)
    if (form === 'integer') return keyIn(readInteger(value) - offset)
    if (typeof value !== 'string') return undefined
    if (form === 'prefixed' && !value.startsWith(prefix)) return undefined
    const text = form === 'prefixed' ? value.slice(prefix.length) : form === 'uuid' ? value.toLowerCase() : value
    const image = form === 'uuid' ? readUuid(text) : readToken(text)
    if (!image) return undefined
    const written = form === 'uuid' ? writeUuid(image, cipher) : writeToken(image, cipher)
    return written === text ? keyIn(cipher.decrypt(image) - 1) : undefined
  }

  #kindOf(kind: string): Kind {
    const known = this.#kinds.get(kind)
    if (known) return known
    const random = this.#random.at(kind)
    const made = {
      cipher: cipherOf(random),
      offset: random.int(1_000, 9_999),
      recent: Array.from<Written | undefined>({ length: remembered }),
    }
    this.#kinds.set(kind, made)
    return made
  }
}

function checkKey(kind: string, key: number): void {
  if (key >= -1 && key <= greatestKey && Number.isInteger(key)) return
  throw failure(`encode an identity of "${kind}"`, {
    expected: 'a whole number from -1 to 2^50',
    received: String(key),
  })
}

function writtenIn({ cipher, recent }: Kind, key: number, form: Form, prefix: string): Written {
  const place = key & (remembered - 1)
  const known = recent[place]
  if (known?.key === key && known.form === form && known.prefix === prefix) return known
  const image = cipher.encrypt(key + 1)
  const text =
    form === 'uuid'
      ? writeUuid(image, cipher)
      : form === 'prefixed'
        ? prefix + writeToken(image, cipher)
        : writeToken(image, cipher)
  return (recent[place] = { key, form, prefix, text, json: flat(`"${text}"`) })
}

const keyIn = (key: number): number | undefined => (key >= -1 && key <= greatestKey ? key : undefined)

function readInteger(value: unknown): number {
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number.NaN
  return typeof value === 'string' && /^[1-9]\d{0,15}$/.test(value) ? Number(value) : Number.NaN
}
