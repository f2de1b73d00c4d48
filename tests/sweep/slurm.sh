#!/usr/bin/env bash
# A real Slurm on this machine, four virtual nodes: an array of shards with one task killed, one node lost, one drained, one task
# requeued, one cancelled and one told of its limit; the gather job proves what is missing; what is missing is
# submitted again; the merged bytes are those of one process. slurm.sh PROGRAM FOLDER
set -euo pipefail
program=$1 here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rm -rf "$2"; mkdir -p "$2"; cd "$2"; D=$PWD/cluster
mkdir -p "$D/log" "$D/state" "$D/spool"
host=$(hostname -s) user=$(id -un)
base=$((20000 + RANDOM % 20000))
cat > "$D/slurm.conf" <<CONF
ClusterName=citest
SlurmctldHost=$host(127.0.0.1)
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$D/munge.sock
CredType=cred/munge
SlurmctldPort=$base
SlurmdPort=$((base + 1))
StateSaveLocation=$D/state
SlurmdSpoolDir=$D/spool/%n
SlurmctldPidFile=$D/slurmctld.pid
SlurmdPidFile=$D/slurmd-%n.pid
SlurmctldLogFile=$D/log/slurmctld.log
SlurmdLogFile=$D/log/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
MpiDefault=none
SwitchType=switch/none
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0,sched_min_interval=0
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
ReturnToService=2
KillWait=2
InactiveLimit=0
MinJobAge=600
MaxArraySize=1001
JobRequeue=1
SlurmctldTimeout=60
SlurmdTimeout=60
NodeName=n[1-4] NodeHostname=$host NodeAddr=127.0.0.1 Port=[$((base + 11))-$((base + 14))] CPUs=2 Boards=1 SocketsPerBoard=1 CoresPerSocket=2 ThreadsPerCore=1 RealMemory=4000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO
CONF
stop() {
  for pid in "$D"/slurmd-*.pid "$D"/slurmctld.pid "$D"/munged.pid; do [ -f "$pid" ] && kill "$(cat "$pid")" 2>/dev/null || true; done
}
trap stop EXIT
export SLURM_CONF=$D/slurm.conf PATH=$PATH:/usr/sbin
dd if=/dev/urandom of="$D/munge.key" bs=1024 count=1 status=none; chmod 600 "$D/munge.key"
munged --force --key-file="$D/munge.key" --socket="$D/munge.sock" --pid-file="$D/munged.pid" --log-file="$D/log/munged.log" --seed-file="$D/munge.seed"
slurmctld -c -i
for n in 1 2 3 4; do slurmd -c -N n$n; done
for _ in $(seq 100); do [ "$(sinfo -h -t idle -o %D 2>/dev/null || true)" = 4 ] && break; sleep 0.1; done
[ "$(sinfo -h -t idle -o %D)" = 4 ] || { sinfo; tail -n 20 "$D"/log/*; exit 1; }

cp "$here"/*.json .
"$program" import table "$here/schools.csv" -o schools.json >/dev/null
# Eight shards of some seconds, so that there is time to do them harm.
sed -e 's/"points": 16/"points": 256/' -e 's/"shards": 64/"shards": 8/' small.json > long.json
"$program" sweep run long.json -o alone >/dev/null 2>&1
"$program" sweep merge alone >/dev/null
"$program" sweep plan long.json -o sweep >/dev/null
"$program" sweep slurm sweep --time 00:20:00 --memory 500M >/dev/null

wait_for() {  # STATE JOB: until a task is in a state
  for _ in $(seq 300); do [ "$(squeue -h -t all -j "$2" -o %T 2>/dev/null | head -n 1)" = "$1" ] && return 0; sleep 0.1; done
  echo "task $2 never became $1"; squeue -t all; exit 1
}
bash sweep/slurm/submit.sh | tee submitted.txt
array=$(sed -n 's/^array //p' submitted.txt) gather=$(sed -n 's/^gather //p' submitted.txt)
for task in 0 1 2 4 6 7; do wait_for RUNNING "${array}_$task"; done
sleep 0.7
process() {  # TASK: of hubsim itself
  for pid in $(pgrep -f 'sweep run .*/sweep --threads'); do
    tr '\0' '\n' < "/proc/$pid/environ" 2>/dev/null | grep -qx "SLURM_ARRAY_TASK_ID=$1" && [ "$(readlink "/proc/$pid/exe")" = "$(readlink -f "$program")" ] && echo "$pid" && return 0
  done
  return 1
}
kill -KILL "$(process 0)" && echo "task 0: killed"
scancel "${array}_1" && echo "task 1: cancelled"
node=$(squeue -h -t all -j "${array}_2" -o %N)
scontrol update NodeName="$node" State=DOWN Reason=test && echo "node $node of task 2: lost"
drained=$(squeue -h -t all -j "${array}_7" -o %N)
scontrol update NodeName="$drained" State=DRAIN Reason=test && echo "node $drained of tasks 6 and 7: drained"
scontrol requeue "${array}_4" && echo "task 4: requeued"
scancel --batch --signal=USR1 "${array}_6" && echo "task 6: told of its limit"
sleep 1
for lost in "$node" "$drained"; do scontrol update NodeName="$lost" State=RESUME 2>/dev/null || true; done
for _ in $(seq 900); do  # those put back wait two minutes unless told otherwise
  for job in $(squeue -h -t pending -j "$array" -r -o %i 2>/dev/null); do scontrol update JobId="$job" StartTime=now 2>/dev/null || true; done
  [ -z "$(squeue -h -j "$gather" -o %i 2>/dev/null)" ] && break
  sleep 0.2
done
cat sweep/slurm/log/*gather*
for task in 2 4 6; do
  scontrol show job "${array}_$task" | grep -q 'Restarts=1' || { echo "task $task was not put back"; scontrol show job "${array}_$task"; exit 1; }
done
grep -q 'the same command goes on' sweep/slurm/log/*shards*_6.log && echo "task 6: kept what was finished, went back, went on"
"$program" sweep status sweep
missing=$("$program" sweep missing sweep || true)
echo "missing after the first array: $missing"
[ -n "$missing" ] || { echo "nothing was missing: the faults did no harm"; exit 1; }
[ ! -e sweep/merged ] || { echo "merged although shards were missing"; exit 1; }
"$program" sweep slurm sweep --missing --memory 500M
bash sweep/slurm/submit.sh | tee submitted.txt
gather=$(sed -n 's/^gather //p' submitted.txt)
for _ in $(seq 600); do [ -z "$(squeue -h -j "$gather" -o %i 2>/dev/null)" ] && break; sleep 0.2; done
"$program" sweep verify sweep
diff -r alone/merged sweep/merged && echo "Slurm: same bytes"
