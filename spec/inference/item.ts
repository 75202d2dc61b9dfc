// Walks through the schema of an item and collects the roles that its places may have.

import type { Pointer } from '../pointer.ts'
import { wordsOf } from '../resources/names.ts'
import { readInstalments, readNext } from './decide.ts'
import { affixesOf, nameMeaning } from './dictionary.ts'
import { fitOf, moneyIn } from './facts.ts'
import type { SchemaFacts } from './facts.ts'
import {
  addressListOf,
  addressRoleOf,
  flagOf,
  flatParty,
  groups,
  isHead,
  isLifeCycle,
  isToldNumber,
  keyOfLine,
  listRoleOf,
  looksLikeParty,
  mayBeKey,
  ofPayments,
  ownsTheBooks,
  partsOfAddress,
  partyRoleOf,
  small,
  telling,
  partyNamed,
} from './parts.ts'
import {
  isPercentDiscount,
  linkedKeyIn,
  listInside,
  partyKeyOf,
  partyKeysAround,
  productOf,
  referenceIn,
  tellsOfLine,
} from './references.ts'
import { quotedName, rank, rules } from './rules.ts'
import type { Candidate, ItemPlace, Scope } from './rules.ts'
import { namedBy } from './told.ts'

/** What was found below an item. */
interface ItemReadings {
  readonly candidates: readonly Candidate[]
  /** Places that no rule names. */
  readonly others: readonly ItemPlace[]
}

const deepest = 6

/** Looks through an item for places that may have a role. */
export function readItem(root: Pointer, scope: Scope, factsOf: (pointer: Pointer) => SchemaFacts): ItemReadings {
  return new ItemReader(root, scope, factsOf).read()
}

class ItemReader {
  private readonly root: Pointer
  private readonly scope: Scope
  private readonly factsOf: (pointer: Pointer) => SchemaFacts

  private readonly affixes: ReadonlySet<string>

  private readonly candidates: Candidate[] = []

  private readonly others: ItemPlace[] = []

  constructor(root: Pointer, scope: Scope, factsOf: (pointer: Pointer) => SchemaFacts) {
    this.root = root
    this.scope = scope
    this.factsOf = factsOf
    this.affixes = affixesOf([...factsOf(root).properties.keys()])
  }

  private visit(
    pointer: Pointer,
    within: Scope,
    path: readonly string[],
    carried: readonly string[],
    holder: string,
    ring: ReadonlySet<Pointer>,
    depth: number,
  ): void {
    const object = this.factsOf(pointer)
    if (depth > deepest) return
    for (const [name, at] of object.properties) {
      if (ring.has(at)) continue
      const facts = this.factsOf(at)
      const own = nameMeaning(this.wordsIn(name, facts))
      const named = namedBy(
        isPercentDiscount(own.words, object, this.factsOf) ? [...own.words, 'rate'] : own.words,
        within,
        facts,
      )
      const words = [...new Set([...carried, ...named])]
      const money = facts.properties.size > 0 ? moneyIn(facts, this.factsOf) : undefined
      const spot: ItemPlace = {
        pointer: at,
        root: this.root,
        path: [...path, name],
        scope: within,
        holder,
        words,
        own: named,
        isMinor:
          own.isMinor ||
          money?.isMinor === true ||
          /\b(?:in|as) (?:cents|minor units?|pence|paise|centavos|[oö]re)\b|smallest (?:currency )?unit|(?:lowest|smallest|minor) denomination|minor (?:currency )?unit/i.test(
            facts.remarks,
          ),
        facts,
        money,
      }
      const inside = new Set([...ring, at])
      if (facts.items !== undefined) this.list(spot, own.words, inside, depth)
      else if (mayBeKey(spot, own.words)) this.key(spot, own.words)
      else if (facts.properties.size > 0 && !money) this.group(spot, own.words, carried, inside, depth)
      else this.value(spot, named)
    }
  }

  /** Italian "data" is a date where a date stands; what many names end or begin with says nothing about one of them. */
  private wordsIn(name: string, { format }: SchemaFacts): readonly string[] {
    if (/^data$/i.test(name) && format?.startsWith('date')) return ['date']
    const words = wordsOf(name)
    const telling = words.filter((word) => !this.affixes.has(word))
    return telling.length === 0 ? words : telling
  }

  private add(spot: ItemPlace, role: string, confidence: number, evidence: string): void {
    this.candidates.push({ ...spot, role, confidence, evidence: [evidence] })
  }

  private list(spot: ItemPlace, own: readonly string[], ring: ReadonlySet<Pointer>, depth: number): void {
    const items = spot.facts.items as Pointer
    const names = [...this.factsOf(items).properties.keys()].flatMap((name) => nameMeaning(wordsOf(name)).words)
    const addresses = addressListOf(spot.scope, own, names)
    if (addresses !== undefined) {
      this.add(spot, addresses, 0.85, 'a list of addresses')
      return this.visit(items, 'address', [...spot.path, '*'], [], spot.path.join('\n'), ring, depth + 1)
    }
    if (spot.scope === 'party') return this.people(spot, own, names, ring, depth)
    if (spot.scope !== 'invoice') {
      this.others.push(spot)
      return
    }
    if (own.join(' ') === 'payment' && this.factsOf(items).types.has('string'))
      return this.add(spot, 'invoice.paymentIds', 0.8, 'a list of keys of payments')
    const opens = listRoleOf(own, names)
    if (!opens) {
      this.others.push(spot)
      const parts = readInstalments(spot, own, items, this.factsOf)
      this.candidates.push(...parts)
      if (parts.length > 0) return
      if (!own.includes('invoice')) this.aside(spot, items, ring, depth)
      return
    }
    const { role, scope: inner, sure, why } = opens
    this.add(spot, role, sure, why)
    this.visit(items, inner, [...spot.path, '*'], [], spot.path.join('\n'), ring, depth + 1)
  }

  /** `contacts: [{ name, email }]` */
  private people(
    spot: ItemPlace,
    own: readonly string[],
    names: readonly string[],
    ring: ReadonlySet<Pointer>,
    depth: number,
  ): void {
    const items = spot.facts.items as Pointer
    const arePeople =
      own.at(-1) === 'contact' && names.includes('email') && (names.includes('name') || names.includes('family'))
    if (!arePeople) {
      this.others.push(spot)
      return void this.candidates.push(...partyKeysAround(spot, items, this.factsOf))
    }
    this.add(spot, 'party.contacts', 0.85, 'a list of people with names and addresses')
    this.visit(items, 'person', [...spot.path, '*'], [], spot.path.join('\n'), ring, depth + 1)
  }

  /** In things around an invoice that the ledger does not have, its key and its parties still are what they are. */
  private aside(spot: ItemPlace, items: Pointer, ring: ReadonlySet<Pointer>, depth: number): void {
    const path = [...spot.path, '*']
    for (const [name, at] of this.factsOf(items).properties) {
      if (ring.has(at)) continue
      const facts = this.factsOf(at)
      const own = nameMeaning(wordsOf(name)).words
      const inner: ItemPlace = {
        ...spot,
        pointer: at,
        path: [...path, name],
        words: own,
        facts,
        money: undefined,
        aside: path.join('\n'),
      }
      const party = partyRoleOf(own)
      if (party && party.sure > 0.9 && facts.properties.size > 0 && looksLikeParty(facts)) {
        this.add(inner, party.role, 0.85, `an object called ${quotedName(inner)}`)
        this.visit(at, 'party', inner.path, [], inner.path.join('\n'), new Set([...ring, at]), depth + 2)
      } else if (own.join(' ') === 'invoice id' && facts.properties.size === 0 && fitOf('id', facts, own) > 0)
        this.add(inner, 'invoice.id', 0.85, `${quotedName(inner)} is the key of the invoice around it`)
      else if (/^(?:customer|seller) id$/.test(own.join(' ')) && facts.properties.size === 0) {
        const key = flatParty(inner, own)
        if (key && key.confidence >= 0.7) this.add(inner, key.role, key.confidence, key.why)
      }
    }
  }

  private group(
    spot: ItemPlace,
    own: readonly string[],
    carried: readonly string[],
    ring: ReadonlySet<Pointer>,
    depth: number,
  ): void {
    const holder = spot.path.join('\n')
    if (spot.scope === 'invoice') {
      const party = partyRoleOf(own)
      const linked = party && linkedKeyIn(spot, this.factsOf)
      if (linked)
        return this.add(
          linked,
          `${party.role.slice('invoice.'.length)}.id`,
          0.88,
          `it links to the ${quotedName(spot)}`,
        )
      if (party && looksLikeParty(spot.facts)) {
        this.add(spot, party.role, party.sure, `an object called ${quotedName(spot)}`)
        this.candidates.push(...partyKeyOf(spot, own, this.factsOf))
        return this.visit(spot.pointer, 'party', spot.path, [], holder, ring, depth + 1)
      }
      const wrapped = listInside(spot.facts, this.factsOf)
      if (wrapped && listRoleOf(own, [])) return this.visitWrapped(spot, own, wrapped, ring, depth)
    }
    const address = addressRoleOf(spot, own)
    if (address) {
      this.add(spot, address.role, address.sure, `an address called ${quotedName(spot)}`)
      return this.visit(spot.pointer, 'address', spot.path, [], holder, ring, depth + 1)
    }
    if (spot.scope === 'invoice' && isHead(spot, own, this.factsOf))
      this.add(spot, 'invoice', 0.9, `the invoice itself, called ${quotedName(spot)}`)
    if (this.reference(spot, own)) return
    const grouping = spot.scope === 'line' ? small : spot.scope === 'payment' ? ofPayments : groups
    if (spot.scope === 'invoice' && isLifeCycle(spot, own, this.factsOf))
      return this.visit(spot.pointer, spot.scope, spot.path, carried, spot.holder, ring, depth + 1)
    if (spot.scope === 'line' && tellsOfLine(spot.facts))
      return this.visit(spot.pointer, spot.scope, spot.path, carried, spot.holder, ring, depth + 1)
    const isPeriod = own.includes('period')
    if (
      own.every(
        (word) => grouping.has(word) || telling.has(word) || carried.includes(word) || (isPeriod && word === 'billing'),
      )
    ) {
      // What an invoice says of prices it says of its totals.
      const kept = own.filter(
        (word) => telling.has(word) && spot.scope !== 'address' && !(spot.scope === 'invoice' && word === 'price'),
      )
      return this.visit(spot.pointer, spot.scope, spot.path, [...carried, ...kept], spot.holder, ring, depth + 1)
    }
    this.others.push(spot)
  }

  private reference(spot: ItemPlace, own: readonly string[]): boolean {
    const reference = referenceIn(spot, own, this.factsOf)
    const text = reference?.key.words.join(' ') ?? ''
    if (reference && spot.scope === 'line' && /^(?:product|service|line)$/.test(text)) {
      this.candidates.push(...productOf(reference, spot))
      return true
    }
    if (!reference || !/^(?:(?:invoice |payment )?status|currency)$/.test(text)) return false
    this.value(reference.key, reference.key.words)
    return true
  }

  /** `lines: { data: [ … ] }` */
  private visitWrapped(
    spot: ItemPlace,
    own: readonly string[],
    name: string,
    ring: ReadonlySet<Pointer>,
    depth: number,
  ): void {
    const at = spot.facts.properties.get(name) as Pointer
    const inner: ItemPlace = { ...spot, pointer: at, path: [...spot.path, name], facts: this.factsOf(at) }
    this.list(inner, own, new Set([...ring, at]), depth + 1)
  }

  private value(spot: ItemPlace, own: readonly string[]): void {
    const next = spot.scope === 'invoice' ? readNext(spot, own) : undefined
    if (next) return void this.candidates.push(next)
    const state = spot.scope === 'invoice' && spot.facts.types.has('boolean') ? flagOf(own) : undefined
    if (state !== undefined) return this.add(spot, 'invoice.status', 0.88, `${quotedName(spot)} tells one state`)
    if (spot.scope === 'invoice' && ownsTheBooks(own, spot.facts) && fitOf('id', spot.facts, own) > 0)
      return this.add(spot, 'seller.id', 0.8, 'it is described as the company whose books these are')
    const table =
      spot.scope === 'party'
        ? [...rules.party, ...rules.address.filter(({ role }) => role !== undefined && partsOfAddress.has(role))]
        : rules[spot.scope]
    const ranked = rank(table, spot.words, spot)
    const [best] = ranked
    if (best?.role !== undefined) {
      const through = best.missing.length === 0 ? '' : `, but not "${best.missing.join(' ')}"`
      // Whom a note is for is told by its description.
      const isPrivate = best.role === 'invoice.note' && /\b(?:private|internal)\b/i.test(spot.facts.description)
      this.add(
        spot,
        isPrivate ? 'invoice.privateNote' : best.role,
        best.confidence,
        isPrivate ? 'it is described as private' : `${quotedName(spot)} says "${best.needs.join(' ')}"${through}`,
      )
    } else if (spot.scope === 'invoice' && isToldNumber(spot, own)) {
      this.add(spot, 'invoice.number', 0.85, 'it is described as the number of the invoice')
    } else if (!best) {
      const party = partyNamed(spot, own)
      if (party && party.confidence >= 0.5) this.add(spot, party.role, party.confidence, party.why)
      else this.others.push(spot)
    }
    // `item: "Id of the catalogue item."`
    const key =
      spot.scope === 'line' && /^(?:the )?(?:id|identifier|uuid|key)\b/i.test(spot.facts.description)
        ? keyOfLine(own)
        : undefined
    if (key !== undefined) this.add(spot, key, 0.85, 'it is described as a key')
    if (best && best.confidence < 0.6) {
      const party = partyNamed(spot, own)
      if (party && party.confidence > best.confidence) this.add(spot, party.role, party.confidence, party.why)
    }
  }

  private key(spot: ItemPlace, own: readonly string[]): void {
    const types = new Set([...spot.facts.types].filter((type) => type !== 'object'))
    const role = (partyRoleOf(own) as NonNullable<ReturnType<typeof partyRoleOf>>).role.replace('invoice.', '')
    this.add(
      { ...spot, facts: { ...spot.facts, types, properties: new Map() } },
      `${role}.id`,
      0.88,
      'a key, or what it is of',
    )
  }

  read(): ItemReadings {
    this.visit(this.root, this.scope, [], [], '', new Set(), 0)
    return { candidates: this.candidates, others: this.others }
  }
}
