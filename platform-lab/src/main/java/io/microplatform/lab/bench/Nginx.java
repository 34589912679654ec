package io.microplatform.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.local.process.Command;
import io.microplatform.local.process.Http;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.Ports;
import io.microplatform.local.process.Shutdown;
import io.microplatform.local.process.Signal;

/**
 * An nginx with one worker and two servers on free ports: the stub, which answers every
 * request with the same JSON document, and a reverse proxy in front of it. Stopped when
 * it is closed, or when this JVM dies. Not thread-safe.
 */
final class Nginx extends LeashedServer {

	private static final String NAME = "nginx";

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	/** About 300 bytes. */
	private static final String ANSWER = """
			{"id":1042,"userId":42,"product":"coffee machine","amount":249.90,"currency":"USD","status":"CONFIRMED",\
			"createdAt":"2026-11-28T10:15:30.123456Z","updatedAt":"2026-11-28T10:15:30.160789Z",\
			"reason":"a fixed answer of the benchmark of the gateway",\
			"links":{"self":"/orders/1042","user":"/users/42"}}""";

	private final Path program;

	private final Path directory;

	private final int proxyPort;

	private Nginx(Path program, Path directory, int stubPort, int proxyPort) {
		super(Instance.of(NAME, stubPort, "http"), directory, TIMEOUT);
		this.program = program;
		this.directory = directory;
		this.proxyPort = proxyPort;
	}

	/**
	 * Starts the program.
	 * @param program the installed program
	 * @param directory the parent directory of its configuration, log and temporary files
	 * @return both servers, which are ready
	 * @throws PlatformFailedException if they are not ready within 10 seconds; the
	 * message contains the end of the log
	 */
	static Nginx start(Path program, Path directory) {
		List<Integer> ports = Ports.free(2);
		Nginx nginx = new Nginx(program, directory.resolve(NAME).toAbsolutePath(), ports.getFirst(), ports.getLast());
		nginx.awaitReady();
		return nginx;
	}

	/** Returns the base URL of the stub. */
	String stub() {
		return instance().url();
	}

	/** Returns the base URL of the proxy. */
	String proxy() {
		return String.format(Locale.ROOT, "http://127.0.0.1:%d", this.proxyPort);
	}

	@Override
	protected Command prepare() throws IOException {
		Files.createDirectories(this.directory);
		Path file = this.directory.resolve("nginx.conf");
		Files.writeString(file, configuration());
		List<String> line = List.of(this.program.toString(), "-p", this.directory + "/", "-e", "stderr", "-c",
				file.toString());
		return new Command(line, Map.of(), this.directory);
	}

	private String configuration() {
		return String.format(Locale.ROOT, """
				daemon off;
				master_process on;
				worker_processes 1;
				# Relative to the directory of this file, like all paths below.
				pid nginx.pid;
				error_log stderr warn;
				events {
					worker_connections 1024;
				}
				http {
					access_log off;
					client_body_temp_path client-body;
					proxy_temp_path proxy;
					fastcgi_temp_path fastcgi;
					uwsgi_temp_path uwsgi;
					scgi_temp_path scgi;
					default_type application/json;
					# After the default of 1000 requests, connections would be closed during a measurement.
					keepalive_requests 1000000000;
					upstream stub {
						server 127.0.0.1:%1$d;
						keepalive 64;
						keepalive_requests 1000000000;
					}
					server {
						listen 127.0.0.1:%1$d;
						location / {
							return 200 '%3$s';
						}
						# Prometheus finds the stub in the registry, and gets no metrics of it.
						location = /actuator/prometheus {
							default_type text/plain;
							return 200 '';
						}
					}
					server {
						listen 127.0.0.1:%2$d;
						location / {
							proxy_pass http://stub;
							proxy_http_version 1.1;
							proxy_set_header Connection '';
						}
					}
				}
				""", port(), this.proxyPort, ANSWER);
	}

	@Override
	protected boolean isReady() {
		return Http.isOk(proxy());
	}

	/** A master process that is killed leaves its worker. */
	@Override
	protected Shutdown shutdown() {
		return new Shutdown(Signal.TERM, Signal.TERM);
	}

}
