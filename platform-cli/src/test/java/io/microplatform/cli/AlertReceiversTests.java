package io.microplatform.cli;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AlertReceiversTests {

	@Test
	void addsNothingWithoutReceivers() throws CommandFailedException {
		assertThat(AlertReceivers.of(Map.of()).toYaml()).isEmpty();
	}

	@Test
	void addsAnAddress() throws CommandFailedException {
		AlertReceivers receivers = AlertReceivers.of(Map.of("PLATFORM_ALERTS_EMAIL", "ops@example.org",
				"PLATFORM_ALERTS_SMARTHOST", "mail.example.org:25", "PLATFORM_ALERTS_FROM", "platform@example.org"));
		assertThat(receivers.toYaml()).isEqualTo("""
				    email_configs:
				      - to: 'ops@example.org'
				        from: 'platform@example.org'
				        smarthost: 'mail.example.org:25'
				""");
	}

	@Test
	void logsInAtTheServer() throws CommandFailedException {
		AlertReceivers receivers = AlertReceivers.of(Map.of("PLATFORM_ALERTS_EMAIL", "ops@example.org",
				"PLATFORM_ALERTS_SMARTHOST", "mail.example.org:587", "PLATFORM_ALERTS_FROM", "platform@example.org",
				"PLATFORM_ALERTS_USER", "platform", "PLATFORM_ALERTS_PASSWORD", "it's secret"));
		assertThat(receivers.toYaml()).endsWith("""
				        smarthost: 'mail.example.org:587'
				        auth_username: 'platform'
				        auth_password: 'it''s secret'
				""");
	}

	@ParameterizedTest
	@CsvSource({ "PLATFORM_ALERTS_WEBHOOK, ftp://example.org", "PLATFORM_ALERTS_WEBHOOK, http://a'b",
			"PLATFORM_ALERTS_EMAIL, ops", "PLATFORM_ALERTS_EMAIL, ops@example.org",
			"PLATFORM_ALERTS_SMARTHOST, mail.example.org", "PLATFORM_ALERTS_FROM, platform",
			"PLATFORM_ALERTS_USER, platform", "PLATFORM_ALERTS_PASSWORD, secret" })
	void namesTheVariableThatIsInvalid(String variable, String value) {
		assertThatExceptionOfType(CommandFailedException.class)
			.isThrownBy(() -> AlertReceivers.of(Map.of(variable, value)))
			.withMessageContaining(variable)
			.withMessageNotContaining("'" + value);
	}

}
