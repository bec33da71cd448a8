#!/usr/bin/env bash
# Does what the README tells a new user, in the README's own words: runs each command of its shell blocks, in order,
# in a folder of its own. Building and testing is left out, for this runs after it.
set -euo pipefail
repo=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
stack=
finish() {
  if [ -n "$stack" ] && kill -0 "$stack" 2> /dev/null; then kill -TERM "$stack"; wait "$stack" || true; fi
  rm -rf "$work"
}
trap finish EXIT
mkdir "$work/deploy"
for name in emend model demo; do ln -s "$repo/deploy/$name" "$work/deploy/$name"; done
cd "$work"

while IFS= read -r command <&3; do
  echo "README> $command"
  case $command in
    "mvn "*) ;;
    "deploy/emend up"*)
      bash -c "exec $command" > up.log 2>&1 &
      stack=$!
      for _ in $(seq 1200); do
        grep -q 'Ctrl-C' up.log && break
        kill -0 "$stack" || { cat up.log; exit 1; }
        sleep 0.1
      done
      cat up.log ;;
    "deploy/emend ask"*)
      bash -c "$command" | tee ask.log
      grep -q 'Tim Cook' ask.log ;;
    *) bash -c "$command" ;;
  esac
done 3< <(awk '/^```sh$/ { on = 1; next } /^```$/ { on = 0 } on' "$repo/README.md")

kill -TERM "$stack"
wait "$stack" || true
stack=
if pgrep -f "$work" > /dev/null; then
  echo "the stack left something running" >&2
  exit 1
fi
echo "every command of the README ran"
