import { flatten } from '../ledger/text.ts'

const places = 256

/** Returns the same function, which remembers what it wrote of late: one answer says the same day and moment many times. */
export function recently(write: (value: number) => string): (value: number) => string {
  const values = new Float64Array(places).fill(Number.NaN)
  const texts = Array.from({ length: places }, () => '')
  return (value) => {
    const place = value & (places - 1)
    if (values[place] === value) return texts[place] as string
    values[place] = value
    return (texts[place] = flatten(write(value)))
  }
}
