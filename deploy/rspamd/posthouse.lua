-- What Posthouse adds to Rspamd. A mail's recipients decide what becomes of it, so nothing is refused here: headers tell
-- Postfix what to hold and Dovecot what is junk, and a stream in Redis tells the portal what was found.

local lua_maps = require 'lua_maps'
local lua_mime = require 'lua_mime'
local lua_redis = require 'lua_redis'
local lua_util = require 'lua_util'
local rspamd_logger = require 'rspamd_logger'
local rspamd_util = require 'rspamd_util'
local ucl = require 'ucl'

local settings = rspamd_config:get_all_opt('posthouse')
local redis = lua_redis.parse_redis_server('posthouse')
local domains = lua_util.list_to_hash(lua_util.str_split(settings.domains:lower(), ' '))
local trusted = settings.trusted ~= ''
  and lua_maps.map_add_from_ucl(lua_util.str_split(settings.trusted, ' '), 'radix', 'machines that may send in our name')

local LISTS = 'posthouse:senders:'
local SCANS = 'posthouse:scans'
-- The portal reads within seconds; this much waits for it, and no more fills the memory.
local MOST_SCANS = '100000'
local LONGEST_TEXT = 1000
local LONGEST_NAME = 200

local function register(name, kind, score, callback, flags)
  return rspamd_config:register_symbol({
    name = name,
    type = kind,
    score = score,
    group = 'posthouse',
    flags = flags,
    callback = callback,
  })
end

-- ---- Senders and recipients ----------------------------------------------------------------------------------------

-- Envelope and header sender, in lower case; the domain as DNS has it (RFC 5890).
local function senders(task)
  local found = {}
  for _, kind in ipairs({ 'smtp', 'mime' }) do
    local from = (task:get_from(kind) or {})[1]
    if from and (from.domain or '') ~= '' then
      local domain = (task:get_resolver():idna_convert_utf8(from.domain) or from.domain):lower()
      found[kind] = { address = from.user:lower() .. '@' .. domain, domain = domain }
    end
  end
  return found
end

local function recipients(task)
  return task:get_recipients('smtp') or {}
end

-- The quarantine is for our own people: mail to others goes out.
local function staysHere(task)
  for _, recipient in ipairs(recipients(task)) do
    if not domains[recipient.domain:lower()] then return false end
  end
  return true
end

-- lin+shop@ leads to lin@ (recipient_delimiter).
local function mailboxOf(address)
  return (address:gsub('^([^+]+)%+[^@]*@', '%1@'))
end

-- ---- Personal lists ------------------------------------------------------------------------------------------------

-- An address counts before a domain, a denial before a permission.
local function decide(rules, count)
  for first = 1, count, 2 do
    local one, other = rules[first], rules[first + 1]
    if one == 'd' or other == 'd' then return 'deny' end
    if one == 'a' or other == 'a' then return 'allow' end
  end
end

local function readLists(task)
  local from = senders(task)
  local one, other = from.smtp or from.mime, from.mime or from.smtp
  if not one then return end
  local fields = { one.address, other.address, '@' .. one.domain, '@' .. other.domain }
  local said = { allow = {}, deny = {} }
  task:cache_set('posthouse_lists', said)
  for _, recipient in ipairs(recipients(task)) do
    local mailbox = mailboxOf(recipient.addr:lower())
    local key = LISTS .. mailbox
    lua_redis.rspamd_redis_make_request(task, redis, key, false, function(err, rules)
      if err then
        rspamd_logger.errx(task, 'cannot read a personal list: %s', err)
        return
      end
      local rule = decide(rules, #fields)
      if not rule then return end
      table.insert(said[rule], mailbox)
      task:insert_result(rule == 'allow' and 'PORTAL_ALLOW' or 'PORTAL_DENY', 1.0, mailbox)
    end, 'HMGET', { key, fields[1], fields[2], fields[3], fields[4] })
  end
end

-- People's own lists count, too, where the site has said before what becomes of a mail.
local lists = register('PORTAL_LISTS', 'normal', 0.0, readLists, 'empty,nostat,ignore_passthrough')
for _, name in ipairs({ 'PORTAL_ALLOW', 'PORTAL_DENY' }) do
  rspamd_config:register_symbol({ name = name, type = 'virtual', parent = lists, score = 0.0, group = 'posthouse' })
end

local function onLists(task, rule)
  return (task:cache_get('posthouse_lists') or {})[rule] or {}
end

-- ---- Who really sent it --------------------------------------------------------------------------------------------

local function isSignedBy(task, domain)
  for _, symbol in ipairs(task:get_symbol('R_DKIM_ALLOW') or {}) do
    for _, signature in ipairs(symbol.options or {}) do
      if signature:lower():sub(1, #domain + 1) == domain .. ':' then return true end
    end
  end
  return false
end

local function isProved(task, from, sender)
  local aligned = from.smtp and from.smtp.domain == sender.domain
  return isSignedBy(task, sender.domain) or (aligned and task:has_symbol('R_SPF_ALLOW'))
end

-- Own people log in, own machines are known by address, and services that send in our name by SPF or DKIM (T27).
register('PORTAL_OWN_DOMAIN', 'postfilter', settings.hold + 4, function(task)
  local ip = task:get_from_ip()
  if task:get_user() or (trusted and ip and ip:is_valid() and trusted:get_key(ip)) then return end
  local from = senders(task)
  for _, sender in pairs(from) do
    if domains[sender.domain] and not isProved(task, from, sender) then return true, 1.0, sender.address end
  end
end)

local function anyOf(task, names)
  for _, name in ipairs(names) do
    if task:has_symbol(name) then return true end
  end
  return false
end

local FAILED = {
  'R_SPF_FAIL',
  'R_SPF_SOFTFAIL',
  'R_DKIM_REJECT',
  'DMARC_POLICY_REJECT',
  'DMARC_POLICY_QUARANTINE',
  'PORTAL_OWN_DOMAIN',
}

-- RFC 5322 3.6: which one counts would be the reader's guess.
local function hasManyFrom(task)
  return task:get_header_count('From') > 1 or #(task:get_from('mime') or {}) > 1
end

-- People's lists name either sender, so one that is proved says nothing of another that is not (T27).
local function authOf(task)
  if anyOf(task, FAILED) or hasManyFrom(task) then return 'fail' end
  local from = senders(task)
  local smtp, mime = from.smtp, from.mime
  local mimeProved = mime and (isProved(task, from, mime) or task:has_symbol('DMARC_POLICY_ALLOW'))
  if mime and (not smtp or smtp.domain ~= mime.domain) then
    return mimeProved and (not smtp or isProved(task, from, smtp)) and 'pass' or 'fail'
  end
  return (mimeProved or (smtp and isProved(task, from, smtp))) and 'pass' or 'none'
end

-- ---- The verdict ---------------------------------------------------------------------------------------------------

-- Any scanner's finding counts, but not that it failed or could not look inside.
local function isMalware(task)
  if task:has_symbol('PORTAL_EICAR') then return true end
  for _, symbol in ipairs(task:get_symbols_all()) do
    local ending = symbol.name:match('_[A-Z]+$')
    local found = ending ~= '_FAIL' and ending ~= '_ENCRYPTED' and ending ~= '_MACRO'
    if found and lua_util.list_to_hash(symbol.groups or {}).antivirus then return true end
  end
  return false
end

local KNOWN_PHISHING = {
  'PHISHED_OPENPHISH',
  'PHISHED_PHISHTANK',
  'PHISHED_GENERIC_SERVICE',
  'PH_SURBL_MULTI',
  'DBL_PHISH',
  'DBL_ABUSE_PHISH',
}

-- PHISHING alone is a guess: many a newsletter counts clicks by links that lead elsewhere than they say.
local function isPhishing(task, score)
  return anyOf(task, KNOWN_PHISHING) or (task:has_symbol('PHISHING') and score >= settings.junk)
end

local function judge(task)
  local score = task:get_metric_score()[1]
  local spam = score >= settings.hold and 'spam' or 'none'
  local verdict = isMalware(task) and 'malware' or isPhishing(task, score) and 'phishing' or spam
  return { score = score, verdict = verdict, auth = authOf(task) }
end

-- Mail to others cannot be held. Who sends malware out is one of our own people, and is told at once.
register('PORTAL_OUTGOING_MALWARE', 'postfilter', 0.0, function(task)
  if staysHere(task) or not isMalware(task) then return end
  task:set_pre_result({ action = 'reject', message = '5.7.1 This mail carries malware', module = 'posthouse' })
  return true
end)

-- ---- What Postfix, Dovecot and the portal are told -----------------------------------------------------------------

local function route(task, found)
  local add = {}
  local function put(name, value)
    -- On top: what the sender wrote stays an unchanged end of the mail.
    add[name] = { value = value, order = 0 }
  end
  local held = staysHere(task) and (found.verdict ~= 'none' or #onLists(task, 'deny') > 0)
  if held then
    local form = 'verdict=%s; score=%.2f; required=%.2f; auth=%s'
    put('X-Portal-Quarantine', form:format(found.verdict, found.score, settings.hold, found.auth))
  end
  if found.score >= settings.junk then
    put('X-Portal-Spam', 'yes')
    local allow = onLists(task, 'allow')
    -- Whoever borrows an allowed name gets nothing by it (T27). What is held people see as it is, and the portal has the lists.
    if not held and #allow > 0 and found.auth ~= 'fail' then put('X-Portal-Allow', '<' .. table.concat(allow, '>,<') .. '>') end
  end
  if next(add) then lua_mime.modify_headers(task, { add = add }) end
end

local function short(text, longest)
  longest = longest or LONGEST_TEXT
  if not text or #text <= longest then return text or '' end
  -- Not in the middle of a character.
  return (text:sub(1, longest):gsub('[\192-\255]?[\128-\191]*$', ''))
end

local function symbolsOf(task)
  local found = {}
  for _, symbol in ipairs(task:get_symbols_all()) do
    if symbol.score ~= 0 then table.insert(found, { name = symbol.name, score = symbol.score }) end
  end
  table.sort(found, function(a, b)
    return math.abs(a.score) > math.abs(b.score)
  end)
  return { unpack(found, 1, 60) }
end

local function attachmentsOf(task)
  local found = {}
  for _, part in ipairs(task:get_parts() or {}) do
    local name = part:get_filename()
    if name and #found < 20 then
      local kind = short(('%s/%s'):format(part:get_type()), LONGEST_NAME)
      table.insert(found, { name = short(name, LONGEST_NAME), type = kind, size = part:get_length() })
    end
  end
  return found
end

local function report(task, found)
  local queueId = task:get_queue_id()
  -- Rspamd's word for none: a try in the browser, not a mail.
  if queueId == 'undef' then return end
  local from, ip = (task:get_from('mime') or {})[1] or {}, task:get_from_ip()
  local scan = ucl.to_format({
    queueId = queueId,
    messageId = short(task:get_message_id()),
    from = short(from.addr),
    fromName = short(from.name),
    subject = short(task:get_header('Subject')),
    size = task:get_size(),
    ip = ip and ip:is_valid() and ip:to_string() or '',
    user = task:get_user() or '',
    score = found.score,
    required = settings.hold,
    junk = settings.junk,
    verdict = found.verdict,
    auth = found.auth,
    symbols = symbolsOf(task),
    attachments = attachmentsOf(task),
    at = rspamd_util.get_time(),
  }, 'json-compact')
  lua_redis.rspamd_redis_make_request(task, redis, SCANS, true, function(err)
    if err then rspamd_logger.errx(task, 'cannot tell the portal what was found: %s', err) end
  end, 'XADD', { SCANS, 'MAXLEN', '~', MOST_SCANS, '*', 'm', scan })
end

register('PORTAL_ROUTE', 'idempotent', 0.0, function(task)
  local found = judge(task)
  route(task, found)
  report(task, found)
end, 'empty,nostat,ignore_passthrough')
