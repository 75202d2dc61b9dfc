// Names whose values are not shown: credentials, and addresses of people.

/** What stands in place of a value that is not shown. */
export const hiddenValue = '***'

/** Holds of names whose words are apart: `x-auth`, `private_Key`, `user[token]`. */
const credential =
  /secret|passw|pass_?(?:phrase|code)|pwd|(?:^|[^a-z])(?:pin|otp|totp|cvv|cvc|sig|sid|auth|jwt|bearer)(?:$|[^a-z])|(?:^|[^a-z])ssn|token|assertion|(?:api|access|auth|private|signing|encryption|master|shared|account)[-_ ]?key|authorization|credential|signature|cookie|session|csrf|xsrf/i

/** A place in a list, which some APIs call a token. */
const cursor = /(?:page|next|previous|sync|continuation|starting)[-_]?token/i

/** Tells whether a property, parameter or header of this name carries a credential, whatever the document says. */
export const isCredentialName = (name: string): boolean =>
  credential.test(name.replace(/([a-z\d])([A-Z])/g, '$1_$2')) && !cursor.test(name)

/** Tells whether what stands under a name is shown to nobody: a credential or an e-mail address. */
export const isConfidentialName = (name: string): boolean => isCredentialName(name) || /e-?mail/i.test(name)

/** Formats whose values are shown to nobody. */
const confidentialFormats: ReadonlySet<unknown> = new Set(['password', 'email', 'idn-email'])

/** Tells whether a schema says that its value is shown to nobody. */
export const isConfidentialFormat = (format: unknown): boolean => confidentialFormats.has(format)

/** Returns a JSON value without what its members hold under confidential names. */
export function withoutConfidential(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutConfidential)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      isConfidentialName(name) ? hiddenValue : withoutConfidential(part),
    ]),
  )
}

/** Members of JSON and of GraphQL, and fields of forms, whole or broken off. */
const member =
  /((?:"((?:[^"\\]|\\.){1,80})"|\b(\w{1,80}))\s*:\s*)("(?:[^"\\]|\\.)*"?|[^\s,}\]]+)|((?:^|&)([^=&\s"{}]{1,80})=)([^&\s]*)/g

/** Returns a text that should be JSON or a form without what stands under confidential names. */
export const textWithoutConfidential = (text: string): string =>
  text.replace(
    member,
    (
      whole,
      start: string | undefined,
      quoted: string | undefined,
      name: string,
      _value,
      field: string,
      named: string,
    ) =>
      isConfidentialName(start === undefined ? named : (quoted ?? name)) ? `${start ?? field}"${hiddenValue}"` : whole,
  )
