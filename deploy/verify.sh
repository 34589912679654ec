#!/usr/bin/env bash
# Verifies a platform after a deployment: waits until it is ready, runs the demo against it and, if its stores can be
# reached, the audit. Needs JDK 25, Maven and curl on this machine, and nothing on that of the platform. Runs on bash
# 3.2, which macOS has.
set -euo pipefail
unset CDPATH
set +Cf
root="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"

not_verified=1
invalid=2
not_ready=3

usage() {
	cat <<'END'
usage: deploy/verify.sh URL [--wait SECONDS] [--secrets PATH [--database HOST:PORT --kafka HOST:PORT]]

Waits until user-service and order-service answer through the gateway at URL, then registers two users, places orders
and checks what becomes of them. With the addresses of the stores it also checks the events on Kafka, and audits the
databases and topics. It leaves the users and their orders behind and changes nothing else.

  --wait SECONDS        how long to wait for the services (default: 180)
  --database HOST:PORT  PostgreSQL of the platform
  --kafka HOST:PORT     a Kafka broker of the platform
  --secrets PATH        its secrets: secrets.env, or the directory that deploy/secrets.sh writes

Exit codes: 0 verified, 1 a step or the audit failed, 2 invalid arguments, 3 not ready in time.
END
}

refuse() {
	echo "verify.sh: $1: see deploy/verify.sh --help" >&2
	exit "$invalid"
}

# Without a token a service answers 401; without a service the gateway answers 503.
answers() {
	[ "$(curl -s -o /dev/null -m 5 -w '%{http_code}' "$1" 2> /dev/null)" = 401 ]
}

await_ready() {
	local end=$((SECONDS + 10#$2))
	until answers "$1/users/me" && answers "$1/orders"; do
		if [ "$SECONDS" -ge "$end" ]; then
			echo "verify.sh: user-service and order-service do not answer at $1 after $2 s" >&2
			exit "$not_ready"
		fi
		sleep 1
	done
}

url=""
patience=180
stores=""
options=()
while [ $# -gt 0 ]; do
	case "$1" in
		-h | --help)
			usage
			exit 0
			;;
		--wait | --database | --kafka | --secrets)
			[ $# -ge 2 ] || refuse "$1 requires a value"
			case "$1" in
				--wait) patience="$2" ;;
				*) options+=("$1" "$2") ;;
			esac
			[ "$1" != --database ] || stores=1
			shift
			;;
		-*) refuse "unknown option $1" ;;
		*)
			[ -z "$url" ] || refuse "more than one URL"
			url="${1%/}"
			;;
	esac
	shift
done
case "$url" in
	http://* | https://*) ;;
	'') refuse "no URL" ;;
	*) refuse "invalid URL '$url'" ;;
esac
case "$patience" in
	'' | *[!0-9]* | ????????*) refuse "invalid number of seconds '$patience'" ;;
esac
command -v curl > /dev/null || {
	echo "verify.sh: curl is not installed" >&2
	exit "$not_verified"
}

await_ready "$url" "$patience"
# An empty array counts as unset in bash 3.2.
"$root/platform" demo --base-url "$url" ${options[@]+"${options[@]}"} || exit
if [ -n "$stores" ]; then
	"$root/platform" audit --base-url "$url" "${options[@]}" || exit
else
	echo "verify.sh: not audited: --database, --kafka and --secrets are not given"
fi
echo "verify.sh: $url is verified"
