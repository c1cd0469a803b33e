#!/usr/bin/env bash
# A Slurm cluster of three hosts on this machine, made of network namespaces: real munge, slurmctld and
# slurmd, of Debian's packages, with names, addresses and a bridge of their own. Needs root.
#
#   lab.sh up DIR [DELAY_MS]   start; DIR gets slurm.conf, logs, spools. With DELAY_MS the hosts hang on
#                              vde switches, and every packet is that late each way (wirefilter)
#   lab.sh run DIR COMMAND…    a command on the login host, where srun and sbatch are
#   lab.sh on DIR HOST COMMAND…  the same in a host's network
#   lab.sh down DIR            end everything that `up` has started, by its id
#
# Hosts are h1, h2, h3 at 10.88.0.1 to .3, the login host and controller is m at 10.88.0.10. Each host
# has its own /tmp: no disk is shared but what lies elsewhere.
set -Eeuo pipefail

action=$1
dir=$2
shift 2
hosts=(h1 h2 h3)
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
export project
# Namespaces of two labs at once do not meet.
prefix=wslurm-$(basename "$dir" | tr -cd '[:alnum:]' | tail -c 6)
bridge=$prefix-sw

note() { echo "$1" >> "$dir/pids"; }
namespace() { echo "$prefix-$1"; }

address_of() { [ "$1" = m ] && echo 10.88.0.10 || echo "10.88.0.${1#h}"; }

# Not `ip netns exec`: it mounts a new /sys, where slurmd then looks for cgroups in vain.
# shellcheck disable=SC2016
inside() {
  local host=$1
  shift
  nsenter --net="/run/netns/$(namespace "$host")" \
    unshare --uts --mount --propagation private bash -c '
      hostname "$1"; mount --bind "$2/hosts" /etc/hosts
      if [ "$1" != m ]; then
        # A checkout below /tmp stays in sight: it is what the hosts run.
        if [[ $project == /tmp/* ]]; then
          mkdir -p "$2/tmp.$1${project#/tmp}"
          mount --bind "$project" "$2/tmp.$1${project#/tmp}"
        fi
        mount --rbind "$2/tmp.$1" /tmp
      fi
      shift 2; exec "$@"' inside "$host" "$dir" "$@"
}

write_config() {
  mkdir -p "$dir"/{state,spool.h1,spool.h2,spool.h3,tmp.h1,tmp.h2,tmp.h3,munge}
  chmod 755 "$dir"
  chmod 1777 "$dir"/tmp.*
  : > "$dir/pids"
  {
    echo '127.0.0.1 localhost'
    for host in m "${hosts[@]}"; do echo "$(address_of "$host") $host"; done
  } > "$dir/hosts"
  cat > "$dir/slurm.conf" << CONF
ClusterName=lab
SlurmctldHost=m
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$dir/munge/socket
CredType=cred/munge
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
SlurmdTimeout=0
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.%n.pid
SlurmdSpoolDir=$dir/spool.%n
StateSaveLocation=$dir/state
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd.%n.log
NodeName=h1,h2,h3 CPUs=2 State=UNKNOWN
PartitionName=main Nodes=h1,h2,h3 Default=YES MaxTime=INFINITE State=UP OverSubscribe=FORCE:64
CONF
}

# One bridge in a namespace of its own: nothing of it appears on the machine itself.
wire_by_bridge() {
  ip -n "$bridge" link add br0 type bridge
  ip -n "$bridge" link set br0 up
  for host in m "${hosts[@]}"; do
    ip link add "$prefix$host" netns "$bridge" type veth peer name eth0 netns "$(namespace "$host")"
    ip -n "$bridge" link set "$prefix$host" master br0 up
  done
}

# A switch per host, and between it and the one in the middle a wire that is late in both directions.
wire_by_vde() {
  local delay=$1
  vde_switch -d -sock "$dir/vde.core" -pidfile "$dir/vde.core.pid" -M "$dir/vde.core.mgmt" < /dev/null
  for host in m "${hosts[@]}"; do
    nsenter --net="/run/netns/$(namespace "$host")" \
      vde_switch -d -tap eth0 -sock "$dir/vde.$host" -pidfile "$dir/vde.$host.pid" < /dev/null
    if [ "$host" = m ]; then late=0; else late=$delay; fi
    wirefilter --daemon -p "$dir/wire.$host.pid" -v "$dir/vde.$host:$dir/vde.core" -d "$late" < /dev/null
  done
  for host in m "${hosts[@]}"; do
    for _ in $(seq 100); do ip -n "$(namespace "$host")" link show eth0 &> /dev/null && break || sleep 0.05; done
  done
  for file in "$dir"/vde.*.pid "$dir"/wire.*.pid; do note "$(cat "$file")"; done
}

up() {
  local delay=${1:-0}
  write_config
  for host in "$bridge" $(for host in m "${hosts[@]}"; do namespace "$host"; done); do ip netns add "$host"; done
  if [ "$delay" = 0 ]; then wire_by_bridge; else wire_by_vde "$delay"; fi
  for host in m "${hosts[@]}"; do
    ip -n "$(namespace "$host")" link set lo up
    ip -n "$(namespace "$host")" address add "$(address_of "$host")/24" dev eth0
    ip -n "$(namespace "$host")" link set eth0 up
  done
  (umask 077 && head -c 1024 /dev/urandom > "$dir/munge/key")
  chown -R munge: "$dir/munge"
  chmod 755 "$dir/munge"
  runuser -u munge -- munged --key-file="$dir/munge/key" --socket="$dir/munge/socket" \
    --pid-file="$dir/munge/pid" --log-file="$dir/munge/log" --seed-file="$dir/munge/seed"
  note "$(cat "$dir/munge/pid")"
  export SLURM_CONF=$dir/slurm.conf
  inside m slurmctld -c
  for host in "${hosts[@]}"; do inside "$host" slurmd -N "$host"; done
  wait_until_idle
}

wait_until_idle() {
  for _ in $(seq 300); do
    if [ "$(inside m sinfo --noheader --states=idle --format=%D 2> /dev/null)" = 3 ]; then return; fi
    sleep 0.1
  done
  echo "the hosts of the lab did not come up:" >&2
  tail -n 5 "$dir"/*.log >&2
  exit 1
}

# In this order: jobs, daemons, wires, namespaces. What a broken start has left ends as well.
down() {
  export SLURM_CONF=$dir/slurm.conf
  timeout 20 bash "$0" run "$dir" scancel --quiet --user=root 2> /dev/null || true
  for file in "$dir"/slurmd.*.pid "$dir/slurmctld.pid"; do
    if [ -e "$file" ]; then note "$(cat "$file")"; fi
  done
  # Children of slurmd (a daemon per step) live in the hosts' namespaces, like the tasks themselves.
  for host in m "${hosts[@]}"; do
    ip netns pids "$(namespace "$host")" 2> /dev/null | while read -r pid; do note "$pid"; done || true
  done
  while read -r pid; do kill "$pid" 2> /dev/null || true; done < "$dir/pids"
  for _ in $(seq 50); do
    left=0
    while read -r pid; do if kill -0 "$pid" 2> /dev/null; then left=1; fi; done < "$dir/pids"
    if [ "$left" = 0 ]; then break; fi
    sleep 0.1
  done
  while read -r pid; do kill -9 "$pid" 2> /dev/null || true; done < "$dir/pids"
  for host in m "${hosts[@]}"; do ip netns delete "$(namespace "$host")" 2> /dev/null || true; done
  ip netns delete "$bridge" 2> /dev/null || true
}

case $action in
  up)
    trap 'down' ERR
    up "$@"
    ;;
  run)
    export SLURM_CONF=$dir/slurm.conf
    inside m "$@"
    ;;
  on)
    host=$1
    shift
    nsenter --net="/run/netns/$(namespace "$host")" "$@"
    ;;
  down) down ;;
  *)
    sed -n 's/^# \{0,1\}//p' "$0" | head -16
    exit 254
    ;;
esac
