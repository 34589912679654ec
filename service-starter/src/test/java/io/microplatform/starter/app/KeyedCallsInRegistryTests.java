package io.microplatform.starter.app;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.DataCenterInfo;
import com.netflix.appinfo.InstanceInfo;
import io.microplatform.instance.balancer.KeyedCalls;
import io.microplatform.starter.test.ServiceTest;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.cloud.commons.util.InetUtils;
import org.springframework.cloud.netflix.eureka.EurekaInstanceConfigBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

@ServiceTest
@Import(KeyedCallsInRegistryTests.Registration.class)
class KeyedCallsInRegistryTests {

	private final ApplicationInfoManager registration;

	KeyedCallsInRegistryTests(ApplicationInfoManager registration) {
		this.registration = registration;
	}

	@Test
	void theRegistryLearnsWhichCallsHonourKeysAndNoOther() {
		assertThat(this.registration.getInfo().getMetadata()).containsEntry(KeyedCalls.METADATA,
				"POST /effects, POST /effects/slow, POST /effects/{id}/undo");
	}

	/** What an instance says of itself, without a registry to say it to. */
	@TestConfiguration
	static class Registration {

		@Bean
		ApplicationInfoManager registration(InetUtils addresses) {
			InstanceInfo info = InstanceInfo.Builder.newBuilder()
				.setAppName("bare-service")
				.setDataCenterInfo(() -> DataCenterInfo.Name.MyOwn)
				.build();
			return new ApplicationInfoManager(new EurekaInstanceConfigBean(addresses), info);
		}

	}

}
