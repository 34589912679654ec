package io.microplatform.starter.idempotency;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import com.netflix.appinfo.ApplicationInfoManager;
import io.microplatform.instance.balancer.KeyedCalls;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Publishes in the metadata of the registration which calls of this instance support
 * idempotency keys: those whose methods take an {@link IdempotentCall}. This is done
 * before the instance is ready.
 */
final class KeyedCallsInRegistry implements SmartInitializingSingleton {

	private final RequestMappingHandlerMapping mapping;

	private final ApplicationInfoManager registration;

	KeyedCallsInRegistry(RequestMappingHandlerMapping mapping, ApplicationInfoManager registration) {
		this.mapping = mapping;
		this.registration = registration;
	}

	@Override
	public void afterSingletonsInstantiated() {
		String calls = KeyedCalls.metadata(this.mapping.getHandlerMethods()
			.entrySet()
			.stream()
			.filter((call) -> honoursKeys(call.getValue()))
			.flatMap((call) -> names(call.getKey()))
			.toList());
		this.registration.registerAppMetadata(Map.of(KeyedCalls.METADATA, calls));
	}

	private static boolean honoursKeys(HandlerMethod method) {
		return Arrays.asList(method.getMethod().getParameterTypes()).contains(IdempotentCall.class);
	}

	private static Stream<String> names(RequestMappingInfo call) {
		return call.getMethodsCondition()
			.getMethods()
			.stream()
			.flatMap((method) -> call.getPatternValues().stream().map((pattern) -> method + " " + pattern));
	}

}
