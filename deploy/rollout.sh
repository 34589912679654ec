#!/usr/bin/env bash
# Deploys a version of the platform to a host with Docker Compose, service by service, and returns to the previous
# version if the new one does not start or fails its verification. Runs on bash 3.2, which macOS has.
set -euo pipefail
unset CDPATH
set +Cf
umask go-w
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

usage() {
	cat <<'END'
usage: deploy/rollout.sh [--no-verify] [--no-rollback] local|[USER@]HOST VERSION

Deploys the images of VERSION with compose.yaml: on this machine (local), or over SSH on a host with Docker Compose,
to which it copies compose.yaml, deploy/, config-repo/ and observability/ of the current commit.

Business services are replaced one instance at a time: an instance of VERSION starts and becomes healthy before an old
one stops. The registry, the configuration server and the gateway run once and are replaced in place; clients get no
connection while the gateway starts. The stores are not replaced. Then config-repo/ is rolled out, and deploy/verify.sh
tests the platform. If a step fails, the previous version is deployed again, and the exit code is 1.

  --no-verify     do not run deploy/verify.sh, which needs a JDK 25 and Maven
  --no-rollback   leave a version that failed in place

The deployed version is PLATFORM_VERSION in the file .env beside compose.yaml. Environment:

  PLATFORM_REGISTRY             where the images are (default: that of .env, or microplatform, which is not pulled)
  PLATFORM_ROLLOUT_TIMEOUT      seconds within which a container must become healthy (default: 180)
  PLATFORM_DEPLOY_DIR           directory on HOST (default: microplatform in the user's home)
  PLATFORM_DEPLOY_KEY           private key for HOST, or the path of its file (default: as ssh is configured)
  PLATFORM_DEPLOY_KNOWN_HOSTS   known_hosts entry of HOST, or the path of its file (default: as ssh is configured)
END
}

fail() {
	echo "rollout.sh: $1" >&2
	exit 1
}

say() {
	echo "rollout.sh: $1"
}

# The value of a variable in .env, which Compose reads, too.
setting() {
	[ ! -f .env ] || sed -n "s/^$1=//p" .env | sed -n '$p'
}

set_setting() {
	{
		[ ! -f .env ] || grep -v "^$1=" .env || true
		echo "$1=$2"
	} > .env.new
	mv .env.new .env
}

# Sets docker and compose to the programs of this machine.
find_programs() {
	if command -v docker > /dev/null; then
		docker=docker
	elif command -v podman > /dev/null; then
		docker=podman
	else
		fail "neither docker nor podman is on the PATH: install Docker Engine with its Compose plugin"
	fi
	if "$docker" compose version > /dev/null 2>&1; then
		compose=("$docker" compose)
	elif command -v docker-compose > /dev/null; then
		compose=(docker-compose)
	else
		fail "no Docker Compose: install the Compose plugin of Docker"
	fi
}

# Lists the containers of a service. Early versions of Compose also list those that ended.
running() {
	local container
	for container in $("${compose[@]}" ps -q "$1"); do
		case "$("$docker" inspect --format '{{.State.Status}}' "$container")" in
			exited | stopped | dead) ;;
			*) echo "$container" ;;
		esac
	done
}

is_current() {
	case "$("$docker" inspect --format '{{.Config.Image}}' "$1")" in
		*"$registry/$2:$version") return 0 ;;
	esac
	return 1
}

# Lists the services that run an image of the platform, rather than of a store or of another program.
platform_services() {
	local service container from
	from="$(setting PLATFORM_REGISTRY)"
	for service in $("${compose[@]}" config --services | sort); do
		container="$(running "$service" | sed -n 1p)"
		[ -n "$container" ] || continue
		case "$("$docker" inspect --format '{{.Config.Image}}' "$container")" in
			*"${from:-microplatform}/$service:"*) echo "$service" ;;
		esac
	done
}

wait_until_healthy() {
	local deadline=$((SECONDS + timeout)) state
	while :; do
		# Docker runs the health check by itself. Podman needs systemd for that, which a container does not have.
		[ "$docker" != podman ] || podman healthcheck run "$1" > /dev/null 2>&1 || true
		state="$("$docker" inspect \
			--format '{{.State.Status}}/{{if .State.Health}}{{.State.Health.Status}}{{end}}' "$1")" || return 1
		case "$state" in
			running/healthy | running/) return 0 ;;
			exited/* | dead/*) break ;;
		esac
		[ "$SECONDS" -lt "$deadline" ] || break
		sleep 1
	done
	say "a container of $2 is $state; its last lines:" >&2
	"$docker" logs --tail 20 "$1" >&2 || true
	return 1
}

# Replaces the only instance of a service.
replace() {
	local container
	say "$1: replaced by $version"
	"${compose[@]}" up -d --no-deps "$1" || return 1
	container="$(running "$1" | sed -n 1p)"
	[ -n "$container" ] && wait_until_healthy "$container" "$1"
}

# Replaces the instances of a service one by one. A new instance starts before an old one stops. Callers learn of the
# new one within a second, and the old one serves for another 3 s after it was told to stop.
roll() {
	local service="$1" wanted="$2" container old current total started=0
	while :; do
		old="" current=0 total=0
		for container in $(running "$service"); do
			total=$((total + 1))
			if is_current "$container" "$service"; then
				current=$((current + 1))
			else
				old="$container"
			fi
		done
		if [ "$current" -lt "$wanted" ]; then
			# An instance that ended at once is not among those that run.
			[ "$current" -ge "$started" ] || return 1
			say "$service: instance $((current + 1)) of $wanted with $version"
			"${compose[@]}" up -d --no-deps --no-recreate --scale "$service=$((total + 1))" "$service" || return 1
			started=$((current + 1))
			for container in $(running "$service"); do
				! is_current "$container" "$service" || wait_until_healthy "$container" "$service" || return 1
			done
		elif [ -z "$old" ]; then
			return 0
		fi
		if [ -n "$old" ]; then
			"$docker" stop -t 35 "$old" > /dev/null || return 1
			"$docker" rm "$old" > /dev/null || return 1
		fi
	done
}

# Runs a service that ends, with the current version.
run_once() {
	local container
	"${compose[@]}" up -d --no-deps --force-recreate "$1" || return 1
	container="$("${compose[@]}" ps -a -q "$1")"
	if [ "$("$docker" wait "$container")" != 0 ]; then
		say "$1 failed; its last lines:" >&2
		"$docker" logs --tail 20 "$container" >&2 || true
		return 1
	fi
}

# Gives the version its configuration files of the stores, its accounts, topics and rights.
set_up_stores() {
	run_once store-config && run_once store-setup
}

# Rolls out config-repo/ to every instance, which changes nothing if it is as before. Until the registry and the config
# server that were just replaced know all instances, it can fail.
refresh() {
	local attempt
	say "configuration: rolled out"
	for attempt in 1 2 3 4 5 6; do
		[ "$attempt" = 1 ] || sleep 10
		"${compose[@]}" run --rm --no-deps -T store-setup refresh && return
	done
	return 1
}

# Starts everything on a host where nothing runs.
start() {
	local service container
	"${compose[@]}" up -d || return 1
	for service in $("${compose[@]}" config --services); do
		for container in $(running "$service"); do
			wait_until_healthy "$container" "$service" || return 1
		done
	done
}

# Brings all services to a version. Returns 1 at the first that does not become healthy. Every step is checked, because
# bash ignores set -e in a function whose result is tested.
bring_to() {
	local service scales=""
	version="$1"
	export PLATFORM_VERSION="$version" PLATFORM_REGISTRY="$registry"
	if [ "$registry" != microplatform ]; then
		# shellcheck disable=SC2086 # names of services
		"${compose[@]}" pull -q $services ${services:+store-setup} || return 1
	fi
	set_setting PLATFORM_REGISTRY "$registry"
	set_setting PLATFORM_VERSION "$version"
	if [ -z "$services" ]; then
		start
		return
	fi
	set_up_stores || return 1
	for service in discovery-server config-server; do
		! is_listed "$service" || replace "$service" || return 1
	done
	for service in $counts; do
		roll "${service%=*}" "${service#*=}" || return 1
		scales="$scales --scale $service"
	done
	for service in api-gateway admin-server; do
		! is_listed "$service" || replace "$service" || return 1
	done
	# Services that this version adds.
	# shellcheck disable=SC2086 # options
	"${compose[@]}" up -d --no-recreate $scales || return 1
	refresh
}

is_listed() {
	case " $services " in
		*" $1 "*) return 0 ;;
	esac
	return 1
}

verify() {
	[ "$verified" = yes ] || return 0
	deploy/verify.sh "$1"
}

roll_out_here() {
	local before port service
	find_programs
	timeout="${PLATFORM_ROLLOUT_TIMEOUT:-180}"
	registry="${PLATFORM_REGISTRY:-$(setting PLATFORM_REGISTRY)}"
	registry="${registry:-microplatform}"
	before="$(setting PLATFORM_VERSION)"
	port="${PLATFORM_GATEWAY_PORT:-$(setting PLATFORM_GATEWAY_PORT)}"
	# A version may need a secret that its predecessor did not have. Those that exist are kept.
	deploy/secrets.sh > /dev/null || fail "deploy/secrets.sh failed"
	services="$(platform_services | tr '\n' ' ')"
	counts=""
	for service in $services; do
		case "$service" in
			discovery-server | config-server | api-gateway | admin-server) ;;
			*) counts="$counts $service=$(running "$service" | grep -c .)" ;;
		esac
	done
	if bring_to "$1" && verify "http://127.0.0.1:${port:-8080}"; then
		say "version $1 is deployed"
		return
	fi
	[ "$rolled_back" = yes ] || fail "version $1 failed"
	if [ -z "$before" ] || [ -z "$services" ]; then
		fail "version $1 failed, and no version was deployed before it"
	fi
	say "version $1 failed: returning to $before" >&2
	bring_to "$before" || fail "version $1 failed, and so did the return to $before: see docker compose ps"
	fail "version $1 failed; version $before is deployed again"
}

# Writes a value to a file, unless it is the path of one, and prints the path.
as_file() {
	if [ -f "$1" ]; then
		echo "$1"
	else
		(
			umask 077
			printf '%s\n' "$1" > "$2"
		)
		echo "$2"
	fi
}

on_host() {
	# shellcheck disable=SC2029 # what it contains is checked, and expands here
	ssh "${ssh_options[@]}" "$host" "cd $directory && $1"
}

# The files of the deployed version are kept, because its images may not run with those of the next.
send_files() {
	git archive --format=tar HEAD compose.yaml deploy config-repo observability |
		on_host "rm -rf .previous && mkdir .previous &&
			for file in compose.yaml deploy config-repo observability; do
				[ ! -e \$file ] || cp -R \$file .previous/ || exit 1
			done &&
			{ [ ! -d config-repo ] || find config-repo -mindepth 1 -delete; } && tar -xf -"
}

restore_files() {
	on_host "find config-repo -mindepth 1 -delete && rm -rf .previous/deploy/secrets && cp -R .previous/. ."
}

verify_over_ssh() {
	local port=18080 gateway tunnel status=0
	[ "$verified" = yes ] || return 0
	gateway="$(on_host "sed -n 's/^PLATFORM_GATEWAY_PORT=//p' .env")" || return 1
	ssh "${ssh_options[@]}" -N -o ExitOnForwardFailure=yes -L "127.0.0.1:$port:127.0.0.1:${gateway:-8080}" "$host" &
	tunnel=$!
	# It waits for the gateway, and so for the tunnel.
	verify "http://127.0.0.1:$port" || status=1
	kill "$tunnel" 2> /dev/null || true
	wait "$tunnel" 2> /dev/null || true
	return "$status"
}

roll_out_there() {
	local before command
	command -v ssh > /dev/null || fail "ssh is not on the PATH"
	git rev-parse --verify -q HEAD > /dev/null || fail "this is no Git checkout, from which the files are taken"
	temporary="$(mktemp -d)"
	trap 'rm -rf "$temporary"' EXIT
	ssh_options=(-o BatchMode=yes -o ServerAliveInterval=15)
	if [ -n "${PLATFORM_DEPLOY_KEY:-}" ]; then
		ssh_options+=(-o IdentitiesOnly=yes -i "$(as_file "$PLATFORM_DEPLOY_KEY" "$temporary/key")")
	fi
	if [ -n "${PLATFORM_DEPLOY_KNOWN_HOSTS:-}" ]; then
		ssh_options+=(-o StrictHostKeyChecking=yes)
		ssh_options+=(-o "UserKnownHostsFile=$(as_file "$PLATFORM_DEPLOY_KNOWN_HOSTS" "$temporary/known_hosts")")
	fi
	# shellcheck disable=SC2029 # the name is checked, and expands here
	ssh "${ssh_options[@]}" "$host" "mkdir -p $directory" || fail "cannot log in to $host, or create $directory there"
	before="$(on_host "[ ! -f .env ] || sed -n 's/^PLATFORM_VERSION=//p' .env")" || fail "cannot read .env on $host"
	send_files || fail "cannot copy the files to $host"
	command="${PLATFORM_REGISTRY:+PLATFORM_REGISTRY=$PLATFORM_REGISTRY }"
	command+="${PLATFORM_ROLLOUT_TIMEOUT:+PLATFORM_ROLLOUT_TIMEOUT=$PLATFORM_ROLLOUT_TIMEOUT }"
	command+="deploy/rollout.sh --no-verify --no-rollback local"
	if on_host "$command $1" && verify_over_ssh; then
		say "version $1 is deployed on $host"
		return
	fi
	[ "$rolled_back" = yes ] || fail "version $1 failed on $host"
	[ -n "$before" ] || fail "version $1 failed on $host, and no version was deployed before it"
	say "version $1 failed on $host: returning to $before" >&2
	{ restore_files && on_host "$command $before"; } ||
		fail "version $1 failed on $host, and so did the return to $before: see docker compose ps there"
	fail "version $1 failed on $host; version $before is deployed again"
}

# A tag of an image, and a name that no shell expands.
check() {
	case "$2" in
		"" | -* | *[!A-Za-z0-9._:/@-]*) fail "invalid $1 '$2'" ;;
	esac
}

verified=yes
rolled_back=yes
while [ $# -gt 0 ]; do
	case "$1" in
		--help) usage && exit ;;
		--no-verify) verified=no ;;
		--no-rollback) rolled_back=no ;;
		-*) fail "unknown option $1: see deploy/rollout.sh --help" ;;
		*) break ;;
	esac
	shift
done
[ $# = 2 ] || fail "a host and a version are required: see deploy/rollout.sh --help"
host="$1"
check host "$host"
check version "$2"
case "$2" in
	*[:/@]*) fail "invalid version '$2': it is the tag of the images" ;;
esac
directory="${PLATFORM_DEPLOY_DIR:-microplatform}"
check directory "$directory"
check registry "${PLATFORM_REGISTRY:-microplatform}"
case "${PLATFORM_ROLLOUT_TIMEOUT:-180}" in
	*[!0-9]*) fail "invalid number of seconds '$PLATFORM_ROLLOUT_TIMEOUT' in PLATFORM_ROLLOUT_TIMEOUT" ;;
esac
if [ "$host" = local ]; then
	roll_out_here "$2"
else
	roll_out_there "$2"
fi
