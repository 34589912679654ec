package io.microplatform.instance.warmup;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/**
 * Makes the calls of a warm-up in the training run of an ahead-of-time cache, so that the
 * cache holds what a request needs and not only what a start needs. Nothing but the
 * servlet container runs meanwhile: such a run ends before its lifecycle begins, and with
 * it before anything consumes, registers or relays.
 */
final class Rehearsal implements SmartInitializingSingleton {

	private final WarmUp warmUp;

	private final WebServerApplicationContext context;

	Rehearsal(WarmUp warmUp, WebServerApplicationContext context) {
		this.warmUp = warmUp;
		this.context = context;
	}

	@Override
	public void afterSingletonsInstantiated() {
		WebServer server = this.context.getWebServer();
		if (server != null) {
			this.warmUp.call();
			server.stop();
		}
	}

}
