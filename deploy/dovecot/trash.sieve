require ["enotify", "environment", "imap4flags", "imapsieve", "variables", "vnd.dovecot.imapsieve"];

# Runs when a mail is put into Trash. A keyword tells where it was before: deleted out of Trash, it can go back there.

if environment :matches "vnd.dovecot.mailbox-from" "*" {
  # The name as in a URL. A keyword may not hold %, so = stands for it, which a URL's encoding never leaves as it is.
  # Sieve has neither replacement nor loops: up to 331, as for a name of 110 Chinese characters; no folder's own name is
  # longer than 94. Mail out of a longer path goes back to the inbox.
  set :encodeurl "folder" "${1}";
  set "thirty" "*%*%*%*%*%*%*%*%*%*%*%*%*%*%*%*%*%*%*%*%*%*%*%*%*%*%*%*%*%*%*";
  if string :matches "${folder}" "${thirty}" { set "folder" "${1}=${2}=${3}=${4}=${5}=${6}=${7}=${8}=${9}=${10}=${11}=${12}=${13}=${14}=${15}=${16}=${17}=${18}=${19}=${20}=${21}=${22}=${23}=${24}=${25}=${26}=${27}=${28}=${29}=${30}=${31}"; }
  if string :matches "${folder}" "${thirty}" { set "folder" "${1}=${2}=${3}=${4}=${5}=${6}=${7}=${8}=${9}=${10}=${11}=${12}=${13}=${14}=${15}=${16}=${17}=${18}=${19}=${20}=${21}=${22}=${23}=${24}=${25}=${26}=${27}=${28}=${29}=${30}=${31}"; }
  if string :matches "${folder}" "${thirty}" { set "folder" "${1}=${2}=${3}=${4}=${5}=${6}=${7}=${8}=${9}=${10}=${11}=${12}=${13}=${14}=${15}=${16}=${17}=${18}=${19}=${20}=${21}=${22}=${23}=${24}=${25}=${26}=${27}=${28}=${29}=${30}=${31}"; }
  if string :matches "${folder}" "${thirty}" { set "folder" "${1}=${2}=${3}=${4}=${5}=${6}=${7}=${8}=${9}=${10}=${11}=${12}=${13}=${14}=${15}=${16}=${17}=${18}=${19}=${20}=${21}=${22}=${23}=${24}=${25}=${26}=${27}=${28}=${29}=${30}=${31}"; }
  if string :matches "${folder}" "${thirty}" { set "folder" "${1}=${2}=${3}=${4}=${5}=${6}=${7}=${8}=${9}=${10}=${11}=${12}=${13}=${14}=${15}=${16}=${17}=${18}=${19}=${20}=${21}=${22}=${23}=${24}=${25}=${26}=${27}=${28}=${29}=${30}=${31}"; }
  if string :matches "${folder}" "${thirty}" { set "folder" "${1}=${2}=${3}=${4}=${5}=${6}=${7}=${8}=${9}=${10}=${11}=${12}=${13}=${14}=${15}=${16}=${17}=${18}=${19}=${20}=${21}=${22}=${23}=${24}=${25}=${26}=${27}=${28}=${29}=${30}=${31}"; }
  if string :matches "${folder}" "${thirty}" { set "folder" "${1}=${2}=${3}=${4}=${5}=${6}=${7}=${8}=${9}=${10}=${11}=${12}=${13}=${14}=${15}=${16}=${17}=${18}=${19}=${20}=${21}=${22}=${23}=${24}=${25}=${26}=${27}=${28}=${29}=${30}=${31}"; }
  if string :matches "${folder}" "${thirty}" { set "folder" "${1}=${2}=${3}=${4}=${5}=${6}=${7}=${8}=${9}=${10}=${11}=${12}=${13}=${14}=${15}=${16}=${17}=${18}=${19}=${20}=${21}=${22}=${23}=${24}=${25}=${26}=${27}=${28}=${29}=${30}=${31}"; }
  if string :matches "${folder}" "${thirty}" { set "folder" "${1}=${2}=${3}=${4}=${5}=${6}=${7}=${8}=${9}=${10}=${11}=${12}=${13}=${14}=${15}=${16}=${17}=${18}=${19}=${20}=${21}=${22}=${23}=${24}=${25}=${26}=${27}=${28}=${29}=${30}=${31}"; }
  if string :matches "${folder}" "${thirty}" { set "folder" "${1}=${2}=${3}=${4}=${5}=${6}=${7}=${8}=${9}=${10}=${11}=${12}=${13}=${14}=${15}=${16}=${17}=${18}=${19}=${20}=${21}=${22}=${23}=${24}=${25}=${26}=${27}=${28}=${29}=${30}=${31}"; }
  if string :matches "${folder}" "*%*%*%*%*%*%*%*%*%*%*%*%*%*%*%*%*" { set "folder" "${1}=${2}=${3}=${4}=${5}=${6}=${7}=${8}=${9}=${10}=${11}=${12}=${13}=${14}=${15}=${16}=${17}"; }
  if string :matches "${folder}" "*%*%*%*%*%*%*%*%*" { set "folder" "${1}=${2}=${3}=${4}=${5}=${6}=${7}=${8}=${9}"; }
  if string :matches "${folder}" "*%*%*%*%*" { set "folder" "${1}=${2}=${3}=${4}=${5}"; }
  if string :matches "${folder}" "*%*%*" { set "folder" "${1}=${2}=${3}"; }
  if string :matches "${folder}" "*%*" { set "folder" "${1}=${2}"; }
  # From an earlier time in Trash.
  if hasflag :matches "$Orig-*" { removeflag "$Orig-${1}"; }
  if not string :matches "${folder}" "*%*" { addflag "$Orig-${folder}"; }
}
