-- Harmless strings that stand for spam (GTUBE) and for malware (EICAR), so that the whole way can be tried out. Each is
-- written in two pieces here, or scanners would find this file.

local rspamd_trie = require 'rspamd_trie'
local rspamd_util = require 'rspamd_util'

local GTUBE = 'XJS*C4JDBQADN1.NSBN3*2IDNEN*' .. 'GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X'
local EICAR = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$' .. 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'
-- Rspamd itself looks for GTUBE in short texts only.
local LONGEST_BLOCK = 16384

local function base64(text)
  return tostring(rspamd_util.encode_base64(text))
end

-- Pieces of GTUBE, and of what base64 makes of it, where it may begin at any of three places within four letters. A line
-- may end in one piece, but not in both.
local function tracesOfGtube()
  local traces = { GTUBE:sub(1, 34), GTUBE:sub(35) }
  for shift = 0, 2 do
    local encoded = base64((' '):rep(shift) .. GTUBE)
    table.insert(traces, encoded:sub(17, 32))
    table.insert(traces, encoded:sub(41, 56))
  end
  return traces
end

-- Between any two characters quoted-printable may break the line.
local BROKEN = GTUBE:gsub('.', function(character)
  return character:gsub('%p', '%%%0') .. '=?\r?\n?'
end)

local gtube = rspamd_trie.create(tracesOfGtube())
local eicar = rspamd_trie.create({ EICAR })

local function contains(trie, text)
  return trie:match(text, function()
    return 1
  end)
end

local function disarmed(text)
  return (text:gsub(BROKEN, function(found)
    return (found:gsub('[^=\r\n]', 'x'))
  end))
end

local function disarmedBase64(block)
  if #block > LONGEST_BLOCK then return end
  local text = tostring(rspamd_util.decode_base64(block))
  local harmless = disarmed(text)
  if harmless == text then return end
  local encoded, at = base64(harmless), 0
  return (block:gsub('[%w+/=]', function()
    at = at + 1
    return encoded:sub(at, at)
  end))
end

-- Rspamd refuses a mail with GTUBE before any rule has seen it, and whatever else is in it would go unnoticed. So it gets a
-- copy without the string. The mail itself stays as it is: no "message_rewrite".
rspamd_config:register_symbol({
  name = 'PORTAL_GTUBE',
  type = 'connfilter',
  score = 100.0,
  group = 'posthouse',
  callback = function(task)
    if not contains(gtube, task:get_content()) then return end
    local raw = tostring(task:get_content())
    local copy = disarmed(raw):gsub('\n\r?\n[%w+/=\r\n]+', disarmedBase64)
    if copy == raw then return end
    task:set_message(copy)
    task:set_flag('message_rewrite', false)
    return true
  end,
})

rspamd_config:register_symbol({
  name = 'PORTAL_EICAR',
  score = 100.0,
  group = 'posthouse',
  callback = function(task)
    for _, part in ipairs(task:get_parts() or {}) do
      if contains(eicar, part:get_content()) then return true end
    end
  end,
})
