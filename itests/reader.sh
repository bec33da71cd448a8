#!/usr/bin/env bash
# Proves the delta format on a reader that shares no code with us: reader/follow.py, in Python, follows a live topic
# and must end with the digest that the worker published. Runs after the build; needs python3 with venv and PyPI.
set -euo pipefail
repo=$(cd "$(dirname "$0")/.." && pwd)
venv=$repo/itests/target/reader-venv
work=$(mktemp -d)
stack=
finish() {
  if [ -n "$stack" ] && kill -0 "$stack" 2> /dev/null; then kill -TERM "$stack"; wait "$stack" || true; fi
  rm -rf "$work"
}
trap finish EXIT
fail() {
  echo "reader: $1" >&2
  exit 1
}

command -v python3 > /dev/null || fail "no python3 found; install Python 3.9 or newer with its venv module"
if ! [ -x "$venv/bin/python" ] || ! "$venv/bin/python" -c 'import confluent_kafka, fastavro, numpy, safetensors' 2> /dev/null; then
  rm -rf "$venv"
  python3 -m venv "$venv" || fail "python3 has no venv module; install it (Debian: apt-get install python3-venv)"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$repo/itests/reader/requirements.txt" \
    || fail "the packages of itests/reader/requirements.txt cannot be installed; is PyPI, or the index of pip's configuration, in reach?"
fi

"$repo/deploy/emend" up --dir "$work/data" > "$work/up.log" 2>&1 &
stack=$!
for _ in $(seq 1200); do
  grep -q 'Ctrl-C' "$work/up.log" && break
  kill -0 "$stack" || { cat "$work/up.log"; fail "the stack did not start"; }
  sleep 0.1
done
config=$work/data/client.properties
setting() { sed -n "s/^$1=//p" "$config" | sed 's/\\//g'; }

# The reader is there from the first version on; each publication waits, so each is a version of its own.
timeout 300 "$venv/bin/python" "$repo/itests/reader/follow.py" "$repo/deploy/model" emend \
  "$(setting bootstrap.servers)" "$(setting schema.registry.url)" 3 > "$work/reader.txt" &
reader=$!
publish() { "$repo/deploy/emend" publish --subject "$1" --relation "$2" --prompt "$3" --wait --config "$config" "${@:4}"; }
publish "CEO of Apple" office_holder "The {} is" --object "Tim Cook"
publish "CEO of Microsoft" office_holder "The {} is" --object "Satya Nadella"
publish "CEO of Apple" office_holder "The {} is" --retract
wait "$reader" || fail "the reader failed or was too slow; what it read: $(cat "$work/reader.txt")"

"$repo/deploy/emend" versions --config "$config" --report "$work/versions.json" > /dev/null
python3 - "$work/versions.json" "$work/reader.txt" <<'PYTHON'
import json, sys
versions = {v["version"]: v["digest"] for v in json.load(open(sys.argv[1]))["versions"]}
read = {int(number): digest for number, digest in map(str.split, open(sys.argv[2]))}
assert read == {number: versions[number] for number in (1, 2, 3)}, (read, versions)
PYTHON
echo "a reader in Python ended with the worker's digest: $(tail -n 1 "$work/reader.txt")"
