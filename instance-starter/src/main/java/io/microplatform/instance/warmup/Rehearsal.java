package io.microplatform.instance.warmup;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/**
 * Makes the warm-up calls in the training run of an ahead-of-time cache, so that the
 * cache has what a request needs and not only what a start needs. Only the servlet
 * container runs meanwhile: such a run ends before the lifecycle, so nothing consumes,
 * registers or relays.
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
