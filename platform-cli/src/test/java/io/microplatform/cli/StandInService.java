package io.microplatform.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for any of the platform's services: it lets itself be extracted like one,
 * reads the same variables, and finds everything well on every path. As the gateway it
 * also knows who runs. Also stands in for Zipkin.
 */
public final class StandInService {

	/** In the jar of one that cannot start. */
	static final String BROKEN = "broken";

	/** In the jar of one whose training run does not end. */
	static final String NEVER_TRAINED = "never-trained";

	/** In the jar of one that is ready, then not for some looks, then again. */
	static final String BUSY = "busy";

	private static final String ZIPKIN_PORT = "--armeria.ports[0].port=";

	private static final int LOOKS_WHEN_BUSY = 5;

	private static final Pattern RECORD = Pattern.compile("(.*-service)-\\d+\\.json");

	private static final Pattern PID = Pattern.compile("\"pid\" : (\\d+)");

	private static final AtomicInteger looks = new AtomicInteger();

	private StandInService() {
	}

	public static void main(String[] arguments) throws IOException, URISyntaxException, InterruptedException {
		if ("tools".equals(System.getProperty("jarmode"))) {
			extractTo(Path.of(arguments[2]));
			return;
		}
		if (isMarked(BROKEN)) {
			System.out.println("there is no hope");
			System.exit(3);
		}
		if (Boolean.getBoolean("platform.training")) {
			train();
			return;
		}
		System.out.println("profile " + System.getenv("SPRING_PROFILES_ACTIVE"));
		System.out.println("release " + System.getenv("PLATFORM_RELEASE"));
		System.out.println("gateway " + System.getenv("PLATFORM_LINKS_GATEWAY"));
		log();
		for (String argument : arguments) {
			if (argument.startsWith(ZIPKIN_PORT)) {
				serve(argument.substring(ZIPKIN_PORT.length()));
			}
		}
		serve(System.getenv("SERVER_PORT"));
		serve(System.getenv("MANAGEMENT_SERVER_PORT"));
	}

	/** Writes a log line, as an instance with a file appender does. */
	private static void log() throws IOException {
		@Nullable String file = System.getenv("LOGGING_FILE_NAME");
		if (file != null) {
			Files.writeString(Path.of(file), """
					{"@timestamp":"%s","log":{"level":"INFO"},"message":"started as %s"}
					""".formatted(Instant.now(), System.getenv("PLATFORM_INSTANCE")), StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
		}
	}

	private static boolean isMarked(String marker) {
		return StandInService.class.getResource("/" + marker) != null;
	}

	private static void train() throws InterruptedException {
		if (isMarked(NEVER_TRAINED)) {
			new CountDownLatch(1).await();
		}
	}

	private static void extractTo(Path target) throws IOException, URISyntaxException {
		Path jar = Path.of(StandInService.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		Files.createDirectories(target);
		Files.copy(jar, target.resolve(jar.getFileName()));
	}

	private static void serve(@Nullable String port) throws IOException {
		if (port == null) {
			return;
		}
		HttpServer server = HttpServer
			.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)), 0);
		server.createContext("/", (exchange) -> {
			String path = exchange.getRequestURI().getPath();
			byte[] answer = path.contains("/routes/") ? routes() : new byte[0];
			exchange.sendResponseHeaders((path.endsWith("/readiness") && isBusy()) ? 503 : 200,
					(answer.length > 0) ? answer.length : -1);
			exchange.getResponseBody().write(answer);
			exchange.close();
		});
		server.start();
	}

	private static boolean isBusy() {
		int look = looks.getAndIncrement();
		return isMarked(BUSY) && look > 0 && look <= LOOKS_WHEN_BUSY;
	}

	/** The gateway knows at once who runs: it looks at the records. */
	private static byte[] routes() throws IOException {
		Map<String, List<String>> known = new TreeMap<>();
		try (Stream<Path> records = Files.list(Path.of("../../run"))) {
			for (Path file : records.toList()) {
				Matcher name = RECORD.matcher(String.valueOf(file.getFileName()));
				if (name.matches()) {
					PID.matcher(read(file))
						.results()
						.map((pid) -> pid.group(1))
						.filter((pid) -> ProcessHandle.of(Long.parseLong(pid)).isPresent())
						.map("{\"pid\":\"%s\"}"::formatted)
						.forEach(known.computeIfAbsent(name.group(1), (service) -> new ArrayList<>())::add);
				}
			}
		}
		return known.entrySet()
			.stream()
			.map((service) -> "\"%s\":[%s]".formatted(service.getKey(), String.join(",", service.getValue())))
			.collect(Collectors.joining(",", "{\"details\":{", "}}"))
			.getBytes(StandardCharsets.UTF_8);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException hasJustBeenDeleted) {
			return "";
		}
	}

}
