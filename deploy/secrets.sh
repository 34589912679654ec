#!/usr/bin/env bash
# Creates the secrets of compose.yaml. Runs on bash 3.2, which macOS has.
set -euo pipefail
unset CDPATH
set +Cf
here="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)"

usage() {
	cat <<'END'
usage: deploy/secrets.sh [DIR]

Creates a file for each secret that compose.yaml names, in DIR (default: deploy/secrets beside this script). A file that
is there stays as it is. Each password has 40 letters and digits; PLATFORM_ADMIN_EMAIL is admin@example.org.

Only your user can enter the directory. The files in it are readable by all, because containers mount them as they are
and run as other users. The data in the volumes belong to these secrets: keep a copy.
END
}

fail() {
	echo "secrets.sh: $1" >&2
	exit 1
}

case "${1:-}" in
	-h | --help)
		usage
		exit 0
		;;
	-*) fail "unknown option $1: see deploy/secrets.sh --help" ;;
esac
[ $# -le 1 ] || fail "too many arguments: see deploy/secrets.sh --help"
directory="${1:-$here/secrets}"

generate() {
	local value
	value="$(head -c 1024 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9')"
	[ "${#value}" -ge 40 ] || fail "/dev/urandom gave too few characters"
	printf '%s' "${value:0:40}"
}

mkdir -p -- "$directory"
chmod 700 -- "$directory"
umask 022
created=0
names="$(sed -n 's/^  \(PLATFORM_[A-Z0-9_]*\):$/\1/p' "$here/../compose.yaml")"
[ -n "$names" ] || fail "compose.yaml names no secrets"
for name in $names; do
	file="$directory/$name"
	[ ! -e "$file" ] || continue
	if [ "$name" = PLATFORM_ADMIN_EMAIL ]; then
		value=admin@example.org
	else
		value="$(generate)"
	fi
	# As a whole or not at all: an interrupted run leaves no secret that is cut off.
	printf '%s\n' "$value" > "$file.new"
	mv -- "$file.new" "$file"
	created=$((created + 1))
done
echo "secrets.sh: $created of the secrets in $directory are new"
