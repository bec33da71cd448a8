#!/usr/bin/env bash
# Builds the broker and registry images from this machine's JDK and Maven's repository alone: no image registry is asked.
# Usage: build-images.sh WORKDIR        Needs: podman, bash, busybox, a JDK 17+ with jlink, Maven.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$1
mkdir -p "$work"
work=$(cd "$work" && pwd)
jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
stamp=$(cat "$here"/pom.xml "$here"/../../pom.xml "$here"/kafka/Containerfile "$here"/kafka/config/* "$here"/registry/Containerfile "$0" | sha256sum | cut -d' ' -f1)
label=$(podman image inspect localhost/emend-registry:latest --format '{{index .Labels "emend.stamp"}}' 2>/dev/null || true)
if [ "$label" = "$stamp" ]; then
  exit 0
fi

copy_with_libraries() { # PROGRAM: into the root file system, with the shared libraries that it loads
  cp -L --parents "$1" "$work/root"
  ldd "$1" 2>/dev/null | grep -o '/[^ )]*' | sort -u | while read -r lib; do cp -L --parents "$lib" "$work/root"; done
}

rm -rf "$work/root" "$work/jre"
mkdir -p "$work"/root/{usr/bin,usr/lib,usr/lib64,etc,tmp,root,proc,sys,dev,run,var,mnt,opt,home}
for dir in bin lib lib64; do ln -s "usr/$dir" "$work/root/$dir"; done
ln -s usr/bin "$work/root/sbin"
chmod 1777 "$work/root/tmp"
"$jdk"/bin/jlink --add-modules java.se,jdk.unsupported,jdk.management,jdk.crypto.ec,jdk.zipfs,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.charsets \
  --no-header-files --no-man-pages --output "$work/jre"
cp -a "$work/jre" "$work/root/opt/java"
find "$work/jre" -type f \( -perm -100 -o -name '*.so' \) | while read -r file; do
  ldd "$file" 2>/dev/null | grep -o '/[^ )]*' | grep -v "^$work" || true
done | sort -u | while read -r lib; do cp -L --parents "$lib" "$work/root"; done
copy_with_libraries "$(readlink -f "$(command -v bash)")"
copy_with_libraries "$(readlink -f "$(command -v busybox)")"
for applet in sh ls cat sleep mkdir rm cp mv chmod ps kill env grep sed awk tail head id hostname nc find true false test printf echo; do
  [ -e "$work/root/usr/bin/$applet" ] || ln -s "$(readlink -f "$(command -v busybox)")" "$work/root/usr/bin/$applet"
done
printf 'root:x:0:0:root:/root:/bin/sh\n' > "$work/root/etc/passwd"
printf 'root:x:0:\n' > "$work/root/etc/group"
printf 'hosts: files dns\n' > "$work/root/etc/nsswitch.conf"
tar -C "$work/root" -c . | podman import -q --change 'ENV PATH=/opt/java/bin:/usr/bin' --change 'ENV JAVA_HOME=/opt/java' - localhost/emend-jre:latest > /dev/null

mvn -B -q -ntp -f "$here/pom.xml" -Dimages.dir="$work" process-resources
mkdir -p "$work/kafka/logs"
cp -r "$here/kafka/Containerfile" "$here/kafka/config" "$work/kafka/"
cp "$here/registry/Containerfile" "$work/registry/"
for image in kafka registry; do
  podman build -q --isolation=chroot --label "emend.stamp=$stamp" -t "localhost/emend-$image:latest" "$work/$image" > /dev/null
done
