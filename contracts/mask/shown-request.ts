// Hides secrets in what a log shows of a request and its answer.

import { isCredentialName, isJson } from '../../spec/index.ts'
import type { Model, Operation } from '../../spec/index.ts'
import { hiddenText, isOpaque, withoutAddresses, formDecoded } from './text.ts'

/** Hides secrets, and the addresses of people who may exist, in what a log shows; names and all else of a mock's own stay. */
export interface ShownRequest {
  /** Returns an address, path and query, as it may be shown. */
  url(url: string, operation?: Operation): string
  /** Returns the value of a header as it may be shown: of credentials only their scheme, of cookies their names. */
  header(name: string, value: string): string
  /** Returns a body as it may be shown; one that was cut off, too. */
  body(text: string, contentType: string): string
  /** Returns a value that stands under a name: of a parameter, or of a property at the end of a pointer. */
  value(name: string, value: string): string
  /** Returns a text that quotes what was sent. */
  text(text: string): string
}

const known = new WeakMap<Model, ShownRequest>()

/** Returns what hides secrets in requests to an API; where it is not known, by names and forms alone. */
export function shownRequestOf(model: Model | undefined): ShownRequest {
  if (!model) return showing(new Set())
  const found = known.get(model) ?? showing(namesOfKeys(model))
  known.set(model, found)
  return found
}

const namesOfKeys = ({ security }: Model): ReadonlySet<string> =>
  new Set(Object.values(security).flatMap(({ type, name }) => (type === 'apiKey' ? (name?.toLowerCase() ?? []) : [])))

function showing(keys: ReadonlySet<string>): ShownRequest {
  const isSecret = (name: string): boolean => isCredentialName(name) || keys.has(name.toLowerCase())
  const text = withoutAddresses
  const value = (name: string, stated: string): string =>
    name.split('/').some(isSecret) && stated !== ''
      ? hiddenText
      : /^[[{]/.test(stated)
        ? shownJsonText(stated, isSecret)
        : text(stated)

  function url(address: string, operation?: Operation): string {
    const [, path = '', query = '', fragment = ''] = /^([^?#]*)(\??[^#]*)(#?.*)$/s.exec(address) ?? []
    return shownPath(path, operation) + shownPairs(query, isSecretInQuery) + text(fragment)
  }
  const isSecretInQuery = (name: string): boolean => isSecret(name) || /^(?:key|code)$/i.test(name)

  function shownPath(path: string, operation: Operation | undefined): string {
    const names = operation?.path.split('/').toReversed()
    const steps = path.split('/')
    return steps
      .map((step, index) => {
        const plain = formDecoded(step)
        const [, name = ''] = /^\{(.*)\}$/.exec(names?.[steps.length - 1 - index] ?? '') ?? []
        const isHidden = operation
          ? isSecret(name)
          : isOpaque(plain) || (step !== '' && isSecret(steps[index - 1] ?? ''))
        if (isHidden) return hiddenText
        return text(plain) === plain ? step : hiddenText
      })
      .join('/')
  }

  function header(name: string, stated: string): string {
    if (/cookie$/i.test(name)) return stated.replace(/=[^;]*/g, `=${hiddenText}`)
    if (/^(?:referer|location|content-location)$/i.test(name)) return url(stated)
    if (!isSecret(name)) return text(stated)
    const [, scheme] = /^(\w+) \S/.exec(stated) ?? []
    return scheme === undefined ? hiddenText : `${scheme} ${hiddenText}`
  }

  function body(shown: string, contentType: string): string {
    if (isJson(contentType) || /^\s*[[{]/.test(shown)) return shownJsonText(shown, isSecret)
    if (/urlencoded/i.test(contentType) || /^[\w.[\]%+-]+=[^\s<]*(?:&|$)/.test(shown))
      return shownPairs(shown, isSecret)
    return text(shown)
  }

  return { url, header, body, value, text }
}

/** Names, and values of secrets, are hidden whole: their form would have to be encoded. */
const shownPairs = (query: string, isSecret: (name: string) => boolean): string =>
  query.replace(/([^?&=]+)(?:=([^&]*))?/g, (pair, name: string, stated?: string) => {
    const shownName = shownWhole(name)
    if (stated === undefined) return shownName
    const isHidden =
      stated !== '' &&
      formDecoded(name)
        .split(/[[\].]/)
        .some(isSecret)
    return pair === name ? shownName : `${shownName}=${isHidden ? hiddenText : shownWhole(stated)}`
  })

function shownWhole(part: string): string {
  const plain = formDecoded(part)
  return withoutAddresses(plain) === plain ? part : hiddenText
}

/** A text of JSON, whole or cut off, falls into these; what is under a secret name is hidden, however deep it goes. */
const tokens = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+|\s+/gs

function shownJsonText(json: string, isSecret: (name: string) => boolean): string {
  let depth = 0
  let hiddenFrom: number | undefined
  let isNamedSecret = false
  const all = json.match(tokens) ?? []
  const isName = (at: number): boolean => all[/^\s/.test(all[at + 1] ?? '') ? at + 2 : at + 1] === ':'
  return all
    .map((token, at) => {
      if (token.startsWith('"') && isName(at)) {
        const name = textOf(token)
        isNamedSecret = isSecret(name)
        return hiddenFrom === undefined ? spelt(token, withoutAddresses(name)) : `"${hiddenText}"`
      }
      const isHidden = isNamedSecret || hiddenFrom !== undefined
      if (/^[{[]/.test(token)) {
        if (isNamedSecret) hiddenFrom ??= depth
        depth++
        isNamedSecret = false
      } else if (/^[}\]]/.test(token)) {
        depth--
        if (hiddenFrom !== undefined && depth <= hiddenFrom) hiddenFrom = undefined
      } else if (token === ',') isNamedSecret = false
      else if (token.startsWith('"'))
        return isHidden ? `"${hiddenText}"` : spelt(token, withoutAddresses(textOf(token)))
      else if (isHidden && /^[-\d]/.test(token)) return `"${hiddenText}"`
      return token
    })
    .join('')
}

/** What did not change stays as it was written. */
const spelt = (token: string, shown: string): string => (shown === textOf(token) ? token : JSON.stringify(shown))

/** The last text of a body that was cut off has no end. */
function textOf(token: string): string {
  try {
    return JSON.parse(token) as string
  } catch {
    return token.slice(1)
  }
}
