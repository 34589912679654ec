package io.microplatform.instance.locale;

import java.util.Locale;
import java.util.TimeZone;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class NeutralLocaleTests {

	private final TimeZone zone = TimeZone.getDefault();

	private final Locale locale = Locale.getDefault();

	@AfterEach
	void restore() {
		TimeZone.setDefault(this.zone);
		Locale.setDefault(this.locale);
	}

	@ParameterizedTest
	@CsvSource({ "JST, fa-IR", "Asia/Kolkata, ar-EG-u-nu-arab", "PST, tr-TR", "Asia/Bangkok, th-TH-u-ca-buddhist" })
	void anInstanceStartedInAnyZoneAndLanguageRunsInUtcAndEnglish(String zone, String language) {
		TimeZone.setDefault(TimeZone.getTimeZone(zone));
		Locale.setDefault(Locale.forLanguageTag(language));
		try (ConfigurableApplicationContext context = start()) {
			assertThat(context.getBean("zoneOfABean")).isEqualTo("UTC");
		}
		for (Locale.Category category : Locale.Category.values()) {
			assertThat(Locale.getDefault(category)).isEqualTo(Locale.US);
		}
	}

	private static ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(Zone.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.properties("spring.main.register-shutdown-hook=false", "spring.cloud.config.enabled=false")
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	static class Zone {

		@Bean
		String zoneOfABean() {
			return TimeZone.getDefault().getID();
		}

	}

}
