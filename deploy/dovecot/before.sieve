require ["duplicate", "editheader", "envelope", "fileinto", "subaddress", "variables"];

# Runs before a person's own script. Postfix removes these headers from mail that comes from outside.

# The portal gives a held mail back. A second copy, of a delivery that was tried again, ends here.
if exists "X-Portal-Release-Id" {
  if duplicate :header "X-Portal-Release-Id" :handle "posthouse-release" :seconds 2592000 {
    discard;
  } else {
    fileinto "INBOX";
  }
  stop;
}

# The portal hands on what it had no reason to hold for this person: it is sorted as if it had come at once.
if exists "X-Portal-Pass-Id" {
  if duplicate :header "X-Portal-Pass-Id" :handle "posthouse-release" :seconds 2592000 {
    discard;
    stop;
  }
}

if header :is "X-Portal-Spam" "yes" {
  set "folder" "Junk";
  if envelope :matches :user "to" "*" { set :lower "user" "${1}"; }
  if envelope :matches :domain "to" "*" { set :lower "domain" "${1}"; }
  if header :contains "X-Portal-Allow" "<${user}@${domain}>" { set "folder" ""; }
}
# It names all recipients who allow the sender, also those of a blind copy.
deleteheader "X-Portal-Allow";
if string "${folder}" "Junk" { fileinto "Junk"; }
