# Types blocks of a document, one for each line on the standard input ("play_sh NUMBER shown|silent"), in
# one shell, and says "done" behind each. The first command that fails ends it.
set -eo pipefail
exec 3>&1

# Whoever has started this ends it, and all that it has begun.
trap 'echo "It ended with $?" >&3; read -r _ || :' EXIT

windows=0
serving=

# What is refused is a failure, unless the page shows it.
curl() {
  if [ "$judged" = shown ]; then
    command curl --silent --show-error "$@"
  else
    command curl --silent --show-error --fail "$@"
  fi
}

# Not every machine has manual pages.
command -v man >/dev/null || man() { cat; }

# Waits until a command succeeds, as long as what is in the last window goes on.
until_so() {
  until "$@"; do
    kill -0 "$window"
    sleep 0.05
  done
}

in_window() {
  windows=$((windows + 1))
  : >".window-$windows"
  (eval "$1") >".window-$windows" 2>&1 &
  window=$!
}

has_said() {
  grep -q "$1" ".window-$windows"
}

answers() {
  command curl -s -o /dev/null "localhost:$PORT/api"
}

watchers() {
  command curl -s "localhost:$PORT/metrics" | sed -n 's/^genstore_watchers \([0-9]*\).*/\1/p'
}

one_more() {
  [ "$(watchers)" -gt "$before" ]
}

# Whoever starts a server has stopped the one before it.
stop() {
  if [ -n "$serving" ]; then
    kill "$(cat .serving)" 2>/dev/null || :
    wait "$serving" || :
    serving=
  fi
}

# These are called with a line that goes on until it is stopped.
serve() {
  stop
  in_window "$1"
  serving=$window
  until_so has_said '^Genstore listens on'
}

program() {
  stop
  in_window 'export JDK_JAVA_OPTIONS=-Djava.io.tmpdir=$HOME/.tmp; echo "$BASHPID" >.serving; exec '"$1"
  serving=$window
  until_so answers
}

stream() {
  in_window "$1"
  until_so has_said .
}

watch() {
  before=$(watchers)
  in_window "$1"
  until_so one_more
}

play_sh() {
  judged=$2
  . "./.block-$1" </dev/null >".said-$1" 2>&1
  echo done >&3
}

play_run() {
  play_sh "$@"
}

# A request as it goes over the wire, without the headers that are always the same.
play_http() {
  local method path
  read -r method path <".block-$1"
  sed 1d ".block-$1" >".body-$1"
  command curl --silent --show-error --fail-with-body -X "$method" --data-binary "@.body-$1" \
    -H 'Content-Type: application/json' "localhost:$PORT$path" </dev/null >".said-$1" 2>&1
  echo done >&3
}

# Node.js is no page: it is told where it is, and what key and token it has.
play_js() {
  {
    cat .page.js
    cat ".block-$1"
  } >".block-$1.mjs"
  local old=
  [ "$(node -p 'typeof WebSocket')" = function ] || old=--experimental-websocket
  local line="KEY='${KEY:-}' exec node $old .block-$1.mjs"
  if grep -q 'new WebSocket(' ".block-$1"; then
    in_window "$line"
    until_so has_said '^open'
  else
    (eval "$line") </dev/null >".said-$1" 2>&1
  fi
  : >>".said-$1"
  echo done >&3
}

while read -r command number shown; do
  "$command" "$number" "$shown"
done
