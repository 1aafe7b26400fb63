# For js/run, python/run and go/run, which source it: starts the network for the walk of an SDK. Needs the runnable jar
# (mvn -q -DskipTests package). The walk's folder is $work, where nothing but target/ is written.
set -euo pipefail
devnet="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

skip() {
	echo "== $1"
	exit 0
}

# Starts the network with further options, and stops it at the end.
start_network() {
	trap 'kill $(jobs -p) 2> /dev/null || true' EXIT
	java -jar "$devnet/target/x402-stellar-devnet-exec.jar" --port 0 --ledger-interval 1s "$@" > "$work/devnet.log" 2>&1 &
	for _ in $(seq 300); do
		grep -q "Stop with" "$work/devnet.log" && return
		sleep 0.1
	done
	cat "$work/devnet.log"
	return 1
}

# What the network said about itself, such as "JSON-RPC".
value() {
	sed -n "s/^ *$1 *\([^ ?]*\).*/\1/p" "$work/devnet.log"
}
