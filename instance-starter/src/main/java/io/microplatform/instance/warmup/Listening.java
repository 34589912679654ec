package io.microplatform.instance.warmup;

import java.util.Objects;

import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/**
 * Where an instance listens, and the phase of its start in which it can call itself.
 */
interface Listening {

	/** When {@link #port} may be asked. */
	int phase();

	/** The port at which the web server answers from now on. */
	int port();

	/**
	 * Of a servlet container. Spring Boot starts it after the consumers of Spring Cloud
	 * Stream; it can be started before them as well, and nothing happens at the second
	 * start.
	 */
	record Early(WebServerApplicationContext context) implements Listening {

		/**
		 * In the next phase consumers start, which Spring Cloud Stream has no name for.
		 */
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

	/** Of a reactive server, which has no handlers before Spring Boot starts it. */
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
