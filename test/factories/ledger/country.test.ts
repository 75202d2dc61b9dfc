import { describe, expect, it } from 'vitest'
import { exponentOf } from '../../../spec/index.ts'
import { countries, countryOf } from '../../../factories/ledger/countries.ts'
import { ibanOf, registrationOf } from '../../../factories/ledger/registration.ts'
import { isFictional, phoneOf } from '../../../factories/ledger/address.ts'
import type { Country } from '../../../factories/ledger/countries.ts'
import type { Registration } from '../../../factories/ledger/registration.ts'
import { Random } from '../../../factories/random.ts'

const digits = (text: string): number[] => [...text.matchAll(/\d/g)].map(Number)
const dot = (text: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * (digits(text)[index] ?? 0), 0)

/** Luhn's formula on a whole number, check digit included. */
function isLuhn(text: string): boolean {
  const all = digits(text)
  return (
    all.reduce(
      (sum, digit, index) => sum + ((all.length - index) % 2 === 1 ? digit : digit < 5 ? 2 * digit : 2 * digit - 9),
      0,
    ) %
      10 ===
    0
  )
}

/** ISO 7064 MOD 11,10 on a whole number. */
function isMod1110(text: string): boolean {
  let carry = 10
  for (const digit of digits(text).slice(0, -1)) carry = (((carry + digit) % 10 || 10) * 2) % 11
  return (carry + (digits(text).at(-1) as number)) % 10 === 1
}

const modulo97 = (text: string): bigint =>
  BigInt(text.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))) % 97n

/** Form of each country's tax number, and whether a register could have assigned it. */
const rules: Readonly<Record<string, { readonly form: RegExp; readonly isAssignable: (taxId: string) => boolean }>> = {
  US: {
    form: /^\d\d-\d{7}$/,
    isAssignable: (id) =>
      !['07', '08', '09', '17', '18', '19', '28', '29', '49', '69', '70', '78', '79', '89', '96', '97'].includes(
        id.slice(0, 2),
      ),
  },
  CA: { form: /^[1-9]\d{8}RT0001$/, isAssignable: (id) => isLuhn(id.slice(0, 9)) },
  GB: {
    form: /^GB\d{9}$/,
    isAssignable: (id) => [0, 55].some((shift) => (dot(id, [8, 7, 6, 5, 4, 3, 2, 10, 1]) + shift) % 97 === 0),
  },
  IE: {
    form: /^IE\d{7}[A-W]$/,
    isAssignable: (id) => 'WABCDEFGHIJKLMNOPQRSTUV'[dot(id, [8, 7, 6, 5, 4, 3, 2]) % 23] === id.at(-1),
  },
  DE: { form: /^DE[1-9]\d{8}$/, isAssignable: isMod1110 },
  AT: {
    form: /^ATU\d{8}$/,
    isAssignable: (id) => {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, check] = digits(id)
      const cross = (digit: number): number => Math.floor((2 * digit) / 10) + ((2 * digit) % 10)
      return (10 - ((a + cross(b) + c + cross(d) + e + cross(f) + g + 4) % 10)) % 10 === check
    },
  },
  CH: {
    form: /^CHE-\d{3}\.\d{3}\.\d{3} MWST$/,
    isAssignable: (id) => (dot(id, [5, 4, 3, 2, 7, 6, 5, 4]) + (digits(id)[8] as number)) % 11 === 0,
  },
  FR: { form: /^FR\d{11}$/, isAssignable: (id) => isLuhn(id.slice(4)) },
  NL: {
    form: /^NL\d{9}B\d\d$/,
    isAssignable: (id) => dot(id, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 || modulo97(id) === 1n,
  },
  ES: { form: /^ESB\d{8}$/, isAssignable: isLuhn },
  IT: { form: /^IT\d{11}$/, isAssignable: isLuhn },
  SE: { form: /^SE\d{10}01$/, isAssignable: (id) => isLuhn(id.slice(2, 12)) },
  JP: {
    form: /^T[1-9]\d{12}$/,
    isAssignable: (id) => 9 - (dot(id, [0, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]) % 9) === digits(id)[0],
  },
  AU: {
    form: /^\d\d \d{3} \d{3} \d{3}$/,
    isAssignable: (id) => (dot(id, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0,
  },
  KW: { form: /^0\d{5}$/, isAssignable: (id) => !id.startsWith('0') },
}

/** Length and form of IBANs (ISO 13616 registry). */
const ibans: Readonly<Record<string, RegExp>> = {
  GB: /^GB\d\d[A-Z]{4}\d{14}$/,
  IE: /^IE\d\d[A-Z]{4}\d{14}$/,
  DE: /^DE\d{20}$/,
  AT: /^AT\d{18}$/,
  CH: /^CH\d\d\d{5}[0-9A-Z]{12}$/,
  FR: /^FR\d{12}[0-9A-Z]{11}\d\d$/,
  NL: /^NL\d\d[A-Z]{4}\d{10}$/,
  ES: /^ES\d{22}$/,
  IT: /^IT\d\d[A-Z]\d{10}[0-9A-Z]{12}$/,
  SE: /^SE\d{22}$/,
  KW: /^KW\d\d[A-Z]{4}[0-9A-Z]{22}$/,
}

const draws = (country: Country): Registration[] =>
  Array.from({ length: 400 }, (_, index) =>
    registrationOf(country, country.towns[index % country.towns.length] as Country['towns'][number], Random.of(index)),
  )

describe.each(countries.map((country) => [country.code, country] as const))('%s', (code, country) => {
  it('has tax numbers of its form, none of which can have been assigned', () => {
    const { form, isAssignable } = rules[code] as (typeof rules)[string]
    for (const { taxId } of draws(country)) {
      expect(taxId).toMatch(form)
      expect(isAssignable(taxId), taxId).toBe(false)
    }
  })

  it('has register numbers that agree with the tax numbers where those contain them', () => {
    if (!['CA', 'CH', 'FR', 'SE', 'JP', 'AU', 'KW'].includes(code))
      return expect(draws(country).every(({ registrationId }) => /(?:^|\D)(?:0|9)\d{4,}/.test(registrationId))).toBe(
        true,
      )
    for (const { taxId, registrationId } of draws(country))
      expect(taxId.replaceAll(/\D/g, '')).toContain(registrationId.split('/')[0]?.replaceAll(/\D/g, '').slice(0, 9))
  })

  it('has bank accounts of its form that no bank can hold', () => {
    const account = ibanOf(country, Random.of(code))
    const form = ibans[code]
    if (!form) return expect(account).toMatch(/^(?:ABA 99|0999-|999-|9999-)/)
    expect(account).toMatch(form)
    expect(modulo97(account.slice(4) + account.slice(0, 4))).not.toBe(1n)
    expect(account.slice(2, 4)).toBe('00')
  })

  it('has a currency, a locale and time zones that exist', () => {
    expect(
      new Intl.NumberFormat(country.locale, { style: 'currency', currency: country.currency }).resolvedOptions()
        .maximumFractionDigits,
    ).toBe(exponentOf(country.currency))
    expect(Intl.getCanonicalLocales(country.locale)).toEqual([country.locale])
    expect(country.locale.endsWith(`-${code}`)).toBe(true)
    expect(new Intl.DisplayNames('en', { type: 'region' }).of(code)).toBe(country.name)
    for (const timeZone of country.timezones)
      expect(new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone).toBe(timeZone)
  })

  it('has towns with coordinates, time zones and telephone numbers of fiction', () => {
    expect(country.towns.length).toBeGreaterThanOrEqual(8)
    for (const town of country.towns) {
      expect(Math.abs(town.latitude)).toBeLessThan(90)
      expect(Math.abs(town.longitude)).toBeLessThan(180)
      expect(country.timezones).toContain(town.timezone ?? country.timezones[0])
      for (let index = 0; index < 20; index++) expect(phoneOf(town, Random.of(index))).toSatisfy(isFictional)
    }
  })

  it('gives a reason wherever no tax is due, and only there', () => {
    for (const { rate, category, reason } of Object.values(country.taxes)) {
      expect(reason === undefined).toBe(rate > 0)
      expect(category === 'S').toBe(rate > 0)
    }
  })
})

describe('countries', () => {
  it('are found by code; others are an error with a suggestion', () => {
    expect(countryOf('KW').currency).toBe('KWD')
    expect(() => countryOf('us')).toThrow('Did you mean "US"?')
  })
})
