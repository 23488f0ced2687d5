-- Posthouse. If you have rules of your own, let them stand here too.
local folder = rspamd_paths['LOCAL_CONFDIR']
dofile(folder .. '/test-strings.lua')
dofile(folder .. '/posthouse.lua')
