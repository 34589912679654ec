package io.microplatform.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.microplatform.local.process.Await;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.LeashedLauncher;
import io.microplatform.local.server.StateDirectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests the shipper with a stub of the store and a program that only writes its pid.
 */
class LogShipperTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String SHIPPER = """
			#!/bin/bash
			echo $$ >"$5"
			exec sleep 100
			""";

	private static final String TEMPLATE = "{\"index_patterns\":[\"platform-logs-*\"]}";

	private final AtomicReference<String> template = new AtomicReference<>("");

	private volatile int refusal;

	private final Path directory;

	private final StateDirectory state;

	private final LeashedLauncher launcher;

	@SuppressWarnings("NullAway.Init") // started before each
	private HttpServer server;

	LogShipperTests(@TempDir Path directory) throws IOException {
		this.directory = directory;
		this.state = new StateDirectory(directory.resolve("state")).create();
		this.launcher = new LeashedLauncher(this.state.logs());
		Files.writeString(directory.resolve("rsyslogd"), SHIPPER);
		Files.setPosixFilePermissions(directory.resolve("rsyslogd"), PosixFilePermissions.fromString("rwx------"));
		Files.writeString(directory.resolve("template.json"), TEMPLATE);
	}

	@BeforeEach
	void serve() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			boolean known = !exchange.getRequestURI().getPath().equals("/_index_template/platform-logs")
					|| !this.template.get().isEmpty();
			int status = known ? 200 : 404;
			if (exchange.getRequestMethod().equals("PUT")) {
				status = (this.refusal > 0) ? this.refusal : 200;
				String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
				this.template.set((status == 200) ? body : "");
			}
			exchange.sendResponseHeaders(status, -1);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void leaveNothing() throws IOException {
		this.server.stop(0);
		shipper().kill();
		store().kill();
	}

	@Test
	void startsWhenTheStoreHasTheTemplate() throws Exception {
		Path position = Files.createDirectories(pidFile().resolveSibling("")).resolve("imfile-state:17");
		Files.createFile(position);
		Files.createFile(position.resolveSibling("imfile-state:17:ab"));
		LogShipper shipper = shipper();
		Thread start = Thread.ofVirtual().start(() -> {
			try {
				shipper.start(PATIENCE);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		assertThat(start.join(Duration.ofMillis(300))).isFalse();
		assertThat(shipper.process()).isEmpty();
		store().start(PATIENCE);
		assertThat(this.template).hasValue(TEMPLATE);
		assertThat(start.join(PATIENCE)).isTrue();
		assertThat(shipper.process()).isPresent();
		assertThat(Await.until(PATIENCE, () -> Files.exists(pidFile()))).isTrue();
		assertThat(position).doesNotExist();
		assertThat(position.resolveSibling("imfile-state:17:ab")).exists();
	}

	@Test
	void aTemplateThatIsRefusedIsReported() {
		this.refusal = 400;
		assertThatIOException().isThrownBy(() -> store().start(PATIENCE))
			.withMessageContaining("elasticsearch refuses")
			.withMessageContaining("status 400");
	}

	private LogStore store() {
		int port = this.server.getAddress().getPort();
		String url = "http://127.0.0.1:" + port;
		Instance instance = new Instance("elasticsearch", "elasticsearch", port, null, url, url + "/", null);
		return new LogStore(instance, Path.of("/bin/sleep"), List.of("100"), this.state, this.launcher,
				this.directory.resolve("template.json"));
	}

	private LogShipper shipper() {
		return new LogShipper(new Instance("log-shipper", "log-shipper", 0, null, "", null, null),
				this.directory.resolve("rsyslogd"), this.directory.resolve("rsyslog.conf"), pidFile(), this.state,
				this.launcher, store().instance());
	}

	private Path pidFile() {
		return this.state.data("log-shipper").toAbsolutePath().resolve("rsyslogd.pid");
	}

}
