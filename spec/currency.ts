/** Decimal places that differ from two, ISO 4217 list one. A table, because `Intl` follows CLDR (IQD 0, not 3). */
const places: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}

const exponents = new Map(
  Object.entries(places).flatMap(([exponent, codes]) =>
    codes.split(' ').map((code) => [code, Number(exponent)] as const),
  ),
)

/** Returns the number of decimal places of a currency's minor unit (ISO 4217): JPY 0, USD 2, KWD 3, CLF 4. Any letter case. */
export const exponentOf = (currency: string): number => exponents.get(currency) ?? find(currency)

function find(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return exponents.get(currency.toUpperCase()) ?? 2
  // Every amount asks for its currency again.
  exponents.set(currency, 2)
  return 2
}
