#!/usr/bin/env bash
# Builds the sources once more, as a copy in another folder and as the start script does on its first use, and
# compares every jar of ours and the SBOM with what the build here has left, byte by byte. Run it after a build of
# exactly these sources.
set -euo pipefail
repo=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git -C "$repo" ls-files -z | (cd "$repo" && xargs -0 tar -cf - --) | tar -xf - -C "$work"
"$work/deploy/emend" --help > "$work/help.txt"
grep -q publish "$work/help.txt"

sums() {
  (cd "$1" && find schemas stream-app editor-worker deploy -path '*/target/*' \
    \( -name 'emend-*.jar' -o -name 'emend-sbom.json' \) -not -name '*-tests.jar' -not -path '*/surefire*' -print0 | sort -z | xargs -0 sha256sum)
}
sums "$repo" > "$work/here.txt"
sums "$work" > "$work/there.txt"
cat "$work/there.txt"
test "$(wc -l < "$work/there.txt")" -ge 5
diff "$work/here.txt" "$work/there.txt"
echo "both builds have the same bytes"
