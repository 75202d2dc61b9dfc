import { roomOf } from './sources.ts'
import type { Import, Source } from './sources.ts'

/** Which rooms a room may know. Nobody knows the tests; who is not named here may know everybody. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  spec: [],
  factories: ['spec'],
  contracts: ['spec'],
  mocks: ['spec', 'factories'],
  seeds: ['spec', 'factories'],
  desk: [],
  root: ['spec', 'factories', 'mocks'],
  cli: ['spec', 'factories', 'contracts', 'mocks', 'seeds', 'desk', 'root'],
}

/** What needs Node: disk, sockets, terminal. */
const rim =
  /^(?:spec\/(?:load|bundle|files\/[\w-]+)|factories\/bundle|mocks\/(?:server|server\/[\w-]+|prism|stores\/[\w-]+|adapters\/(?:playwright|vitest))|vitest\.config|build)\.ts$|^(?:seeds|cli|desk\/page|test|bench|examples)\//

/**
 * Modules other than an index by which a room may be entered, so that its index stays free of Node and of test runners, and the
 * table of options need not load a room to know its limits.
 */
const doors =
  /^(?:(?:spec|factories)\/bundle|spec\/(?:load|limits|schema\/standalone|files\/database-file)|mocks\/(?:server|server\/connections|prism|http\/limits|stores\/[\w-]+|adapters\/\w+)|contracts\/(?:vitest|mask\/shown-request)|spec\/documents\/\w+)\.ts$/

/** What fits proforma into a tool imports that tool, which its user has. */
const adapters = /^mocks\/adapters\/|^contracts\/(?:vitest\.ts|suite\/)/

/** What runs before there is a package, or is bundled with what it imports. */
const building = /^(?:spec\/(?:bundle|declare)|factories\/bundle)\.ts$|^desk\/page\//

/** Makes code where that is allowed, and is not needed where it is not. */
const synthesis = 'spec/code.ts'

/** Longer files that are tables, not code. */
const tables: ReadonlySet<string> = new Set(['factories/meanings/identities.ts', 'factories/meanings/numbers.ts'])
const most = 350

const clock =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bnew Date(?!\s*\()\b|\bMath\.random\b|\bperformance\.now\b|\brandomUUID\b|\bgetRandomValues\b/g
const dynamic = /(?<![.\w])eval\(|\bnew Function\b|(?<![.\w\s])\s*\bFunction\(/g
const globals = /\bprocess\.\w|\bBuffer\b|\b__dirname\b|\b__filename\b|(?<![.\w])require\(/g
const declaration =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|interface|type) (\w+)/gm
const unwanted =
  /^\s*export \*|^\s*export default|^\s*(?:export )?(?:const )?enum\s+\w+\s*\{|^\s*(?:export )?namespace\s+\w+/gm

/** A rule of the house: returns a line for everything that breaks it. */
export type Rule = (sources: readonly Source[]) => readonly string[]

const others = ({ room, imports }: Source): readonly Import[] =>
  imports.filter(({ target, isPackage }) => !isPackage && roomOf(target) !== room)
const isShipped = ({ room }: Source): boolean => room in arrows
const found = (sources: readonly Source[], pattern: RegExp): string[] =>
  sources.flatMap(({ path, code }) => [...code.matchAll(pattern)].map(([match]) => `${path} has ${match.trim()}`))

const keepsToArrows: Rule = (sources) =>
  sources.flatMap((source) =>
    others(source)
      .filter(({ target }) => arrows[source.room]?.includes(roomOf(target)) === false)
      .map(({ target }) => `${source.path} imports ${target}`),
  )

/** Tests of one room, `test/spec/…`, may look inside that room. */
const usesDoors: Rule = (sources) =>
  sources.flatMap((source) =>
    others(source)
      .filter(({ target }) => !/^(?:\w+\/)?index\.ts$/.test(target) && !doors.test(target))
      .filter(
        ({ target }) =>
          roomOf(target) !== 'root' && !source.path.startsWith(`test/${roomOf(target)}/`) && source.room !== 'bench',
      )
      .map(({ target }) => `${source.path} imports ${target}`),
  )

const leavesOwnIndexAlone: Rule = (sources) =>
  sources.flatMap(({ path, room, imports }) =>
    imports.filter(({ target }) => isShippedIndex(target, room)).map(({ target }) => `${path} imports ${target}`),
  )
const isShippedIndex = (target: string, room: string): boolean =>
  target === (room === 'root' ? 'index.ts' : `${room}/index.ts`)

/** Cycles of what is imported at run time; each is named once, by its first module. */
const hasNoCycle: Rule = (sources) => {
  const next = new Map(
    sources.map(({ path, imports }) => [
      path,
      imports.filter(({ isType, isPackage }) => !isType && !isPackage).map(({ target }) => target),
    ]),
  )
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) return void cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    if (done.has(path)) return
    for (const target of next.get(path) ?? []) visit(target, [...trail, path])
    done.add(path)
  }
  for (const path of next.keys()) visit(path, [])
  return cycles
}

const keepsNodeAtTheRim: Rule = (sources) => {
  const inner = sources.filter(({ path }) => !rim.test(path))
  const imported = inner.flatMap(({ path, imports }) =>
    imports
      .filter(({ target, isPackage }) => isPackage && target.startsWith('node:'))
      .map(({ target }) => `${path} imports ${target}`),
  )
  const reached = inner
    .filter(isShipped)
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ target, isPackage, isType }) => !isPackage && !isType && rim.test(target))
        .map(({ target }) => `${path} imports ${target}`),
    )
  return [...imported, ...reached, ...found(inner, globals)]
}

const keepsChanceAndClockAtTheRim: Rule = (sources) =>
  found(
    sources.filter((source) => isShipped(source) && !rim.test(source.path)),
    clock,
  )

/** Ajv compiles its validators; nobody else does. */
const compilesNothing: Rule = (sources) =>
  found(
    sources.filter((source) => isShipped(source) && source.room !== 'contracts' && source.path !== synthesis),
    dynamic,
  )

const keepsApisData: Rule = (sources) =>
  sources.filter(({ path }) => path.startsWith('spec/apis/')).map(({ path }) => `${path} is code`)

const staysShort: Rule = (sources) =>
  sources
    .filter((source) => isShipped(source) && source.lines > most && !tables.has(source.path))
    .map(({ path, lines }) => `${path} has ${lines} lines`)

/** A name means one thing in all rooms. The entrances at the root declare the same functions for different environments. */
const declaresOnce: Rule = (sources) => {
  const places = new Map<string, string[]>()
  for (const { path, code } of sources.filter((source) => isShipped(source) && source.room !== 'root'))
    for (const name of new Set(Array.from(code.matchAll(declaration), ([, name]) => name as string)))
      places.set(name, [...(places.get(name) ?? []), path])
  return [...places]
    .filter(([, paths]) => paths.length > 1)
    .map(([name, paths]) => `${paths.join(' and ')} export ${name}`)
}

const staysShallow: Rule = (sources) =>
  sources
    .filter((source) => isShipped(source) && source.path.split('/').length > 3)
    .map(({ path }) => `${path} is deep`)

const saysItsPurpose: Rule = (sources) =>
  sources
    .filter((source) => isShipped(source) && !source.isTitled && !source.path.endsWith('index.ts'))
    .map(({ path }) => `${path} does not say what it is for`)

const hasGoodNames: Rule = (sources) =>
  sources
    .map(({ path }) => path)
    .filter(
      (path) =>
        !/^(?:[a-z0-9-]+\/)*[a-z0-9-]+(?:\.test|\.config)?\.tsx?$/.test(path) ||
        /(?:^|\/)(?:utils?|helpers?|types|common|misc)\.ts$/.test(path),
    )

const exportsByName: Rule = (sources) =>
  found(
    sources.filter(({ path }) => path !== 'vitest.config.ts'),
    unwanted,
  )

/** Returns the rule that no code knows an API by its name. */
export const knowsNoApi =
  (names: readonly string[]): Rule =>
  (sources) =>
    sources
      .filter(isShipped)
      .flatMap(({ path, texts, code }) => [
        ...texts.filter((text) => names.includes(text)).map((text) => `${path} says '${text}'`),
        ...names.filter((name) => new RegExp(`\\b${name}\\b`, 'i').test(code)).map((name) => `${path} says ${name}`),
      ])

/** Returns the rule that what is shipped imports only packages that are installed with it. */
export const declaresPackages =
  (declared: readonly string[]): Rule =>
  (sources) =>
    sources
      .filter((source) => isShipped(source) && !adapters.test(source.path) && !building.test(source.path))
      .flatMap(({ path, imports }) =>
        imports
          .filter(
            ({ target, isPackage, isType }) =>
              isPackage && !isType && !target.startsWith('node:') && !declared.includes(packageOf(target)),
          )
          .map(({ target }) => `${path} imports ${target}`),
      )

const packageOf = (target: string): string =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/')

/** What a command says goes through one file, which neutralises what it quotes; these write as they must, and say why. */
const speakers: ReadonlySet<string> = new Set([
  'cli/output.ts',
  'cli/main.ts',
  'cli/progress.ts',
  'cli/serve/request-lines.ts',
])

const speaksInOnePlace: Rule = (sources) =>
  found(
    sources.filter(({ room, path }) => room === 'cli' && !speakers.has(path)),
    /\bconsole\.\w+\(|\bprocess\.std(?:out|err)\.(?:write|fd)\b/g,
  )

/** The rules that need nothing but the sources, by the sentence that says them. */
export const rules: Readonly<Record<string, Rule>> = {
  'imports only rooms that its own may know': keepsToArrows,
  'enters other rooms by their index': usesDoors,
  'leaves the index of its own room alone': leavesOwnIndexAlone,
  'imports nothing that imports it back at run time': hasNoCycle,
  'uses Node only at the rim': keepsNodeAtTheRim,
  'asks neither the clock nor chance inside': keepsChanceAndClockAtTheRim,
  'makes no code out of text': compilesNothing,
  'keeps APIs data': keepsApisData,
  'has no shipped file of more than 350 lines': staysShort,
  'declares an exported name in one file': declaresOnce,
  'lies at most two folders deep': staysShallow,
  'says first what it is for': saysItsPurpose,
  'names files in lower case, after what they hold': hasGoodNames,
  'exports by name': exportsByName,
  'speaks in one place': speaksInOnePlace,
}
