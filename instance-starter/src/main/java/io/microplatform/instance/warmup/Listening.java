package io.microplatform.instance.warmup;

import java.util.Objects;

import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/**
 * Where an instance listens, and the lifecycle phase in which it can call itself.
 */
interface Listening {

	/** The phase from which on {@link #port} may be called. */
	int phase();

	/** Returns the port; the web server answers from now on. */
	int port();

	/**
	 * A servlet container. Spring Boot starts it after the consumers of Spring Cloud
	 * Stream. It is started before them here; the second start then does nothing.
	 */
	record Early(WebServerApplicationContext context) implements Listening {

		/** The phase before the one in which Spring Cloud Stream starts consumers. */
		static final int BEFORE_CONSUMERS = Integer.MAX_VALUE - 3001;

		@Override
		public int phase() {
			return BEFORE_CONSUMERS;
		}

		@Override
		public int port() {
			WebServer server = server(this.context);
			server.start();
			return server.getPort();
		}

	}

	/** A reactive server, which has no handlers before Spring Boot starts it. */
	record Usual(WebServerApplicationContext context) implements Listening {

		@Override
		public int phase() {
			return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE + 1;
		}

		@Override
		public int port() {
			return server(this.context).getPort();
		}

	}

	private static WebServer server(WebServerApplicationContext context) {
		return Objects.requireNonNull(context.getWebServer(), "no web server");
	}

}
