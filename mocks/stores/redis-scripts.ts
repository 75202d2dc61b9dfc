/*
 * What Redis does at one go, in Lua. A world's log is a stream; whoever has written its token under `lock` may append to it, and who
 * waits for that stands in `line`. A lock that is released is handed to the first in line, so that everybody's turn comes.
 */

/**
 * Events after an offset; all there are where the offset is not in the log any more: the log has begun anew, or Redis has come back with an
 * older copy of it.
 */
const readOf = `
local function batch(log, books, after, keeps)
  local last = redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1)
  local answer = { last[1] and last[1][1] or '', redis.call('HGET', books, 'today') or '' }
  if last[1] then
    redis.call('PEXPIRE', log, keeps)
    if last[1][1] ~= after then
      local isKnown = after ~= '' and redis.call('XRANGE', log, after, after)[1]
      for _, entry in ipairs(redis.call('XRANGE', log, isKnown and '(' .. after or '-', '+')) do answer[#answer + 1] = entry[2][2] end
    end
  end
  return answer
end
`

const releaseOf = `
local function release(lock, line, handover)
  local next = redis.call('LPOP', line)
  if next then redis.call('SET', lock, next, 'PX', handover) else redis.call('DEL', lock) end
end
`

/** KEYS books; ARGV what is wanted, epoch, today, milliseconds to keep it. Returns the epoch of the books. */
export const begin = `
redis.call('HSETNX', KEYS[1], 'epoch', ARGV[2])
redis.call('HSET', KEYS[1], 'wanted', ARGV[1], 'today', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return { redis.call('HGET', KEYS[1], 'epoch') }
`

/** KEYS log, books; ARGV after, milliseconds to keep it. Returns offset, today, events. */
export const read = `${readOf}
return batch(KEYS[1], KEYS[2], ARGV[1], ARGV[2])
`

/** KEYS log, books, lock, line; ARGV after, milliseconds to keep it, token, lease, handover. Returns what read does, or nothing yet. */
export const lock = `${readOf}
local holder = redis.call('GET', KEYS[3])
if not holder then
  local next = redis.call('LPOP', KEYS[4])
  holder = next or ARGV[3]
  redis.call('SET', KEYS[3], holder, 'PX', ARGV[5])
end
if holder == ARGV[3] then
  redis.call('PEXPIRE', KEYS[3], ARGV[4])
  return batch(KEYS[1], KEYS[2], ARGV[1], ARGV[2])
end
if not redis.call('LPOS', KEYS[4], ARGV[3]) then redis.call('RPUSH', KEYS[4], ARGV[3]) end
redis.call('PEXPIRE', KEYS[4], 60000)
return false
`

/**
 * KEYS log, names, lock, line; ARGV token, after, milliseconds to keep it, world, handover, whether it begins anew, events. Returns the
 * offset behind the events, or `lost` where somebody else had the lock or has appended.
 */
export const append = `${releaseOf}
if redis.call('GET', KEYS[3]) ~= ARGV[1] then return 'lost' end
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
local offset = last[1] and last[1][1] or ''
if offset ~= ARGV[2] then
  release(KEYS[3], KEYS[4], ARGV[5])
  return 'lost'
end
local first
for index = 7, #ARGV do
  -- A Redis that is full refuses the first, and then all of them.
  offset = redis.pcall('XADD', KEYS[1], '*', 'e', ARGV[index])
  if type(offset) == 'table' then
    release(KEYS[3], KEYS[4], ARGV[5])
    return offset
  end
  first = first or offset
end
if first then
  if ARGV[6] == '1' then redis.call('XTRIM', KEYS[1], 'MINID', first) end
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  redis.call('SADD', KEYS[2], ARGV[4])
  redis.call('PEXPIRE', KEYS[2], 2592000000)
end
release(KEYS[3], KEYS[4], ARGV[5])
return offset
`

/** KEYS names; ARGV what the keys of logs begin with. Returns the names of worlds that are not forgotten. */
export const worldNames = `
local known = {}
for _, name in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  if redis.call('EXISTS', ARGV[1] .. name) == 1 then known[#known + 1] = name else redis.call('SREM', KEYS[1], name) end
end
return known
`

/** KEYS log, names; ARGV world. */
export const drop = `
redis.call('DEL', KEYS[1])
redis.call('SREM', KEYS[2], ARGV[1])
return 1
`

/** Returns the memory that Redis may use, and its policy when that is full. */
export const memory = `
return redis.call('INFO', 'memory')
`
