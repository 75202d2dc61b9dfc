import { startLean } from './lean.ts'
import type { Flags } from './options/values.ts'
import { serveAlone } from './serve/alone.ts'
import { settingsOf } from './serve/settings.ts'

/**
 * Serves APIs until a signal comes, and returns 0.
 * @throws Failure for what the command line states wrongly, or a port that cannot be listened on.
 */
export async function serveCommand(names: readonly string[], flags: Flags<'serve'>): Promise<number> {
  startLean()
  const settings = settingsOf(names, flags)
  const { replay } = settings
  if (replay !== undefined) return (await import('./replay.ts')).replayCommand(settings.names, { ...settings, replay })
  return settings.workers === undefined
    ? serveAlone(settings)
    : (await import('./serve/cluster.ts')).serveTogether(settings)
}
