#!/usr/bin/env node
// Starts the command line after checking the version of Node.

// Nothing is imported before the version is known: an old Node would fail on the imports themselves.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 12)) {
  console.error(
    `Failed to start proforma: expected Node 22.12 or later but received Node ${process.versions.node}. Install it from https://nodejs.org, or run npm install in this project, which brings one.`,
  )
  process.exitCode = 2
} else {
  // Node keeps what it has compiled: the next start takes half as long. Its own place for that is below the temporary directory, which
  // others can write to; code is run from what is found there, so it is the user's own here (`NODE_COMPILE_CACHE` names another).
  const { enableCompileCache } = await import('node:module')
  const { XDG_CACHE_HOME, HOME, LOCALAPPDATA } = process.env
  const home = XDG_CACHE_HOME || (HOME ? `${HOME}/.cache` : LOCALAPPDATA)
  if (home) enableCompileCache(`${home}/proforma`)
  const args = process.argv.slice(2)
  const { run } = await import('./run.ts')
  const code = await run(args)
  // What a command has left open does not keep it from ending; what it has said goes out first.
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>((resolve) => void stream.write('', () => resolve()))
  process.exit(code)
}
