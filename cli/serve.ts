import { serveAlone } from './serve/alone.ts'
import { settingsOf } from './serve/settings.ts'
import type { ServeFlags } from './serve/settings.ts'

export type { ServeFlags } from './serve/settings.ts'

/**
 * Serves APIs until a signal comes, and returns 0.
 * @throws Failure for what the command line states wrongly, or a port that cannot be listened on.
 */
export async function serveCommand(names: readonly string[], flags: ServeFlags): Promise<number> {
  const { replay } = flags
  if (replay !== undefined) return (await import('./replay.ts')).replayCommand(names, { ...flags, replay })
  const settings = settingsOf(names, flags)
  return settings.workers === undefined
    ? serveAlone(settings)
    : (await import('./serve/cluster.ts')).serveTogether(settings)
}
