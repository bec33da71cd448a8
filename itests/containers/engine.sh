#!/usr/bin/env bash
# Prints the environment in which Testcontainers finds a container engine; prints nothing where none can be had.
# Usage: eval "$(engine.sh WORKDIR)". A Docker engine that answers is taken as it is; else podman is installed where the
# user may, told to keep everything under WORKDIR, and started. Everything but the environment goes to standard error.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$1
mkdir -p "$work" || exit 0
work=$(cd "$work" && pwd)

if docker info > /dev/null 2>&1; then
  exit 0
fi
missing() { for tool in podman runc busybox conmon; do command -v "$tool" > /dev/null 2>&1 || return 0; done; [ ! -x /usr/lib/podman/netavark ]; }
if missing; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null 2>&1; then
    echo "no container engine, and none can be installed here" >&2
    exit 0
  fi
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends podman runc netavark aardvark-dns conmon busybox uidmap iptables; } > "$work/install.log" 2>&1 \
    || { echo "podman could not be installed: $work/install.log" >&2; exit 0; }
fi

cat > "$work/containers.conf" <<CONF
# Soft and hard limits must be equal: podman 4.3's Docker API takes one for the other.
[containers]
default_ulimits = ["nofile=8192:8192", "nproc=8192:8192"]
[network]
network_backend = "netavark"
default_subnet = "10.87.0.0/16"
network_config_dir = "$work/networks"
[engine]
runtime = "runc"
CONF
cat > "$work/storage.conf" <<CONF
[storage]
driver = "vfs"
graphroot = "$work/storage"
runroot = "$work/run"
CONF
export CONTAINERS_CONF="$work/containers.conf" CONTAINERS_STORAGE_CONF="$work/storage.conf"
socket=$work/podman.sock
if ! curl -s --max-time 5 --unix-socket "$socket" http://d/_ping > /dev/null 2>&1; then
  setsid nohup podman system service --time=0 "unix://$socket" > "$work/service.log" 2>&1 < /dev/null &
  for _ in $(seq 100); do
    curl -s --max-time 2 --unix-socket "$socket" http://d/_ping > /dev/null 2>&1 && break
    sleep 0.1
  done
fi
if ! "$here/build-images.sh" "$work/images" > "$work/images.log" 2>&1; then
  echo "the images could not be built: $work/images.log" >&2
  exit 0
fi
cat <<ENV
export CONTAINERS_CONF=$CONTAINERS_CONF CONTAINERS_STORAGE_CONF=$CONTAINERS_STORAGE_CONF
export DOCKER_HOST=unix://$socket TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1
export EMEND_KAFKA_IMAGE=localhost/emend-kafka:latest EMEND_REGISTRY_IMAGE=localhost/emend-registry:latest
ENV
