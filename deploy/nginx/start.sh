#!/bin/sh
# Fills in nginx's configuration and config.json from the environment and starts nginx in front of the built app.
# docs/deploy.md lists the variables. With --check it only tests what it has written.
set -eu
export PATH="$PATH:/usr/sbin:/usr/local/sbin"
here=$(cd "$(dirname "$0")" && pwd)

fail() {
  echo "Rollcall cannot start: $1" >&2
  exit 2
}

newline='
'

# matches VALUE PATTERN: the whole of a one-line value.
matches() {
  case "$1" in *"$newline"*) return 1 ;; esac
  printf '%s\n' "$1" | grep -Eqx -- "$2"
}

origin='https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?'
file='/[A-Za-z0-9._/-]+'
number='[0-9]+(\.[0-9]+)?'

api=${ROLLCALL_API:-}
api_base=${ROLLCALL_API_BASE:-}
port=${ROLLCALL_SERVER_PORT:-8080}
root=${ROLLCALL_ROOT:-/usr/share/rollcall}
run=${ROLLCALL_RUN:-/tmp/rollcall}
access_log=${ROLLCALL_ACCESS_LOG:-/dev/stdout}

[ -n "$api$api_base" ] || fail 'set ROLLCALL_API (one origin) or ROLLCALL_API_BASE (cross-origin); see docs/deploy.md.'
[ -z "$api" ] || [ -z "$api_base" ] || fail 'set ROLLCALL_API or ROLLCALL_API_BASE, not both.'
for name in ROLLCALL_API ROLLCALL_API_BASE; do
  eval "value=\${$name:-}"
  [ -z "$value" ] || matches "$value" "$origin" ||
    fail "$name must be an origin such as https://api.voipbin.net: no path, query, fragment, user name or blank."
done
matches "$port" '[0-9]{1,5}' || fail 'ROLLCALL_SERVER_PORT must be a number.'
for path in "$root" "$run" "$access_log"; do
  matches "$path" "$file" || fail "\"$path\" must be an absolute path of letters, digits and . _ - /"
done
[ -f "$root/index.html" ] || fail "ROLLCALL_ROOT has no index.html: $root. Run npm run build, and point it at dist."

# The certificate of the API.
ca=
case "$api" in
  https:*)
    case "${ROLLCALL_API_INSECURE:-0}" in
      1) echo "WARNING: the certificate of $api is not verified (ROLLCALL_API_INSECURE): anyone between here and there can read passwords." >&2 ;;
      0)
        ca=${ROLLCALL_API_CA:-/etc/ssl/certs/ca-certificates.crt}
        matches "$ca" "$file" && [ -r "$ca" ] || fail "the authorities to verify $api by cannot be read: $ca (ROLLCALL_API_CA)."
        ;;
      *) fail 'ROLLCALL_API_INSECURE must be 1 or 0.' ;;
    esac
    ;;
  http:*) echo "WARNING: passwords travel to $api without encryption." >&2 ;;
esac

# The certificate of this server.
listen=$port
tls=
if [ -n "${ROLLCALL_TLS_CERT:-}${ROLLCALL_TLS_KEY:-}" ]; then
  for path in "${ROLLCALL_TLS_CERT:-}" "${ROLLCALL_TLS_KEY:-}"; do
    matches "$path" "$file" && [ -r "$path" ] || fail "ROLLCALL_TLS_CERT and ROLLCALL_TLS_KEY must both name a readable file, not \"$path\"."
  done
  listen="$port ssl"
  tls="    ssl_certificate $ROLLCALL_TLS_CERT; ssl_certificate_key $ROLLCALL_TLS_KEY; ssl_protocols TLSv1.2 TLSv1.3;"
fi

# config.json: src/config.ts checks the ranges and reports them on the page.
config="\"apiBase\": \"$api_base\""
add_number() {
  eval "value=\${$1:-}"
  [ -n "$value" ] || return 0
  matches "$value" "$number" || fail "$1 must be a number."
  config="$config, \"$2\": $value"
}
if [ -n "${ROLLCALL_TITLE:-}" ]; then
  matches "$ROLLCALL_TITLE" '[^[:cntrl:]]+' || fail 'ROLLCALL_TITLE must be one line of text.'
  config="$config, \"title\": \"$(printf '%s' "$ROLLCALL_TITLE" | sed 's/[\\"]/\\&/g')\""
fi
add_number ROLLCALL_POLL_SECONDS pollSeconds
add_number ROLLCALL_REQUEST_TIMEOUT_SECONDS requestTimeoutSeconds
add_number ROLLCALL_REMOVAL_LIMIT_SECONDS removalLimitSeconds
add_number ROLLCALL_GRACE_SECONDS graceSeconds
add_number ROLLCALL_SINGLE_GRACE_SECONDS singleGraceSeconds
case ${ROLLCALL_CONTACT_LOOKUP:-} in
  '') ;;
  1) config="$config, \"contactLookup\": true" ;;
  0) config="$config, \"contactLookup\": false" ;;
  *) fail 'ROLLCALL_CONTACT_LOOKUP must be 1 or 0.' ;;
esac

connect="'self'"
[ -z "$api_base" ] || connect="'self' $api_base $(printf '%s' "$api_base" | sed 's/^http/ws/')"
host=${api#*://}
# Without the port; an address of IPv6 keeps its colons.
name=$(printf '%s' "$host" | sed 's/:[0-9]*$//; s/[][]//g')

include_api=
[ -z "$api" ] || include_api="include $run/api.conf;"
verify=off
trust='/@CA@/d'
if [ -n "$ca" ]; then
  verify=on
  trust="s|@CA@|$ca|g"
fi

# render NAME: the template of this name, filled in. No value has a | or a line break in it.
render() {
  sed \
    -e "s|@RUN@|$run|g" -e "s|@ROOT@|$root|g" -e "s|@LISTEN@|$listen|g" -e "s|@TLS@|$tls|g" \
    -e "s|@ACCESS_LOG@|$access_log|g" -e "s|@CONNECT@|$connect|g" \
    -e "s|@API_ORIGIN@|$api|g" -e "s|@API_HOST@|$host|g" -e "s|@API_NAME@|$name|g" \
    -e "s|@VERIFY@|$verify|g" -e "$trust" -e "s|@INCLUDE_API@|$include_api|g" \
    "$here/$1.template" >"$run/$1"
}

mkdir -p "$run"
for template in nginx.conf api.conf proxy.conf headers.conf brotli.conf; do render "$template"; done
printf '{ %s }\n' "$config" >"$run/config.json"

if [ "${1:-}" = --check ]; then exec nginx -e stderr -t -c "$run/nginx.conf"; fi
echo "Rollcall listens on port $port."
exec nginx -e stderr -c "$run/nginx.conf"
