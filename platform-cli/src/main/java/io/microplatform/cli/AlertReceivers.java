package io.microplatform.cli;

import java.util.Map;

/**
 * Where Alertmanager sends notifications, as the environment says. Without a receiver it
 * shows alerts and sends nothing.
 *
 * @param webhook a URL that gets each notification as JSON; empty for none
 * @param email an address; empty for none
 * @param smarthost the SMTP server, as {@code host:port}
 * @param from the sender's address
 * @param user the name for a login at the SMTP server; empty for none
 * @param password its password
 */
record AlertReceivers(String webhook, String email, String smarthost, String from, String user, String password) {

	static final String WEBHOOK = "PLATFORM_ALERTS_WEBHOOK";

	static final String EMAIL = "PLATFORM_ALERTS_EMAIL";

	static final String SMARTHOST = "PLATFORM_ALERTS_SMARTHOST";

	static final String FROM = "PLATFORM_ALERTS_FROM";

	static final String USER = "PLATFORM_ALERTS_USER";

	static final String PASSWORD = "PLATFORM_ALERTS_PASSWORD";

	/**
	 * Reads and checks the environment.
	 * @throws CommandFailedException if a value is invalid, or one is missing
	 */
	static AlertReceivers of(Map<String, String> environment) throws CommandFailedException {
		AlertReceivers receivers = new AlertReceivers(value(environment, WEBHOOK), value(environment, EMAIL),
				value(environment, SMARTHOST), value(environment, FROM), value(environment, USER),
				value(environment, PASSWORD));
		require(WEBHOOK, receivers.webhook, "https?://[^\\s'\"]+", "must be an http or https URL");
		require(EMAIL, receivers.email, "[^\\s'\"@]+@[^\\s'\"@]+", "must be an e-mail address");
		require(SMARTHOST, receivers.smarthost, "[^\\s'\":]+:\\d{1,5}", "must be host:port");
		require(FROM, receivers.from, "[^\\s'\"@]+@[^\\s'\"@]+", "must be an e-mail address");
		if (!receivers.email.isEmpty() && (receivers.smarthost.isEmpty() || receivers.from.isEmpty())) {
			throw new CommandFailedException("%s requires %s and %s".formatted(EMAIL, SMARTHOST, FROM));
		}
		if (receivers.user.isEmpty() != receivers.password.isEmpty()) {
			throw new CommandFailedException("%s and %s must be set together".formatted(USER, PASSWORD));
		}
		return receivers;
	}

	private static String value(Map<String, String> environment, String name) {
		return environment.getOrDefault(name, "").strip();
	}

	/** The value is not shown: the URL of a webhook often is a secret. */
	private static void require(String name, String value, String pattern, String rule) throws CommandFailedException {
		if (!value.isEmpty() && !value.matches(pattern)) {
			throw new CommandFailedException("invalid value of %s: %s".formatted(name, rule));
		}
	}

	/**
	 * Returns the configuration of the receivers.
	 * @return lines of Alertmanager's configuration; empty without a receiver
	 */
	String toYaml() {
		StringBuilder receiver = new StringBuilder();
		if (!this.webhook.isEmpty()) {
			receiver.append("    webhook_configs:\n      - url: '").append(this.webhook).append("'\n");
		}
		if (!this.email.isEmpty()) {
			receiver.append("    email_configs:\n      - to: '")
				.append(this.email)
				.append("'\n        from: '")
				.append(this.from)
				.append("'\n        smarthost: '")
				.append(this.smarthost)
				.append("'\n");
			if (!this.user.isEmpty()) {
				receiver.append("        auth_username: '")
					.append(quoted(this.user))
					.append("'\n        auth_password: '")
					.append(quoted(this.password))
					.append("'\n");
			}
		}
		return receiver.toString();
	}

	private static String quoted(String value) {
		return value.replace("'", "''");
	}

}
