package io.microplatform.starter.app;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Failures at each stage of a request: the log has each under the trace id of its answer.
 */
@ServiceTest
@Import({ TestTokens.class, FailureLogTests.Failing.class })
@ExtendWith(OutputCaptureExtension.class)
class FailureLogTests {

	private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

	private final int port;

	private final String authorization;

	FailureLogTests(@LocalServerPort int port, TokenProperties tokens) {
		this.port = port;
		this.authorization = "Authorization: " + TestTokens.bearer(7, tokens);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/defect", "/away", "/lost", "/fails/first", "/fails/last", "/fails/twice", "/fails/status" })
	void areLogged(String path, CapturedOutput output) throws IOException {
		RawCall answer = RawCall.send(this.port, "GET " + path, List.of(this.authorization));
		assertThat(answer.status()).as(answer.text()).isIn(500, 503);
		assertThat(output.getAll().lines())
			.anySatisfy((line) -> assertThat(line).contains(answer.traceId()).contains("Answering " + answer.status()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/defect", "/away", "/fails/first", "/fails/last", "/fails/twice" })
	void areLoggedUnderTheTraceIdOfTheGateway(String path, CapturedOutput output) throws IOException {
		RawCall answer = RawCall.send(this.port, "GET " + path,
				List.of(this.authorization, "traceparent: 00-" + TRACE_ID + "-b7ad6b7169203331-00"));
		assertThat(answer.traceId()).isEqualTo(TRACE_ID);
		assertThat(output.getAll().lines())
			.anySatisfy((line) -> assertThat(line).contains(TRACE_ID).contains("Answering " + answer.status()));
	}

	/**
	 * Filters that fail before all others, after all others, and again at the error page.
	 */
	static class Failing {

		@Bean
		FilterRegistrationBean<HttpFilter> first() {
			return filter(Ordered.HIGHEST_PRECEDENCE, "/fails/first", "/fails/twice");
		}

		@Bean
		FilterRegistrationBean<HttpFilter> last() {
			return filter(Ordered.LOWEST_PRECEDENCE, "/fails/last", "/fails/status");
		}

		private static FilterRegistrationBean<HttpFilter> filter(int order, String... paths) {
			FilterRegistrationBean<HttpFilter> registration = new FilterRegistrationBean<>(new HttpFilter() {

				private static final long serialVersionUID = 1;

				@Override
				protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
						throws IOException, jakarta.servlet.ServletException {
					boolean isErrorPage = request.getDispatcherType() == DispatcherType.ERROR;
					String path = Objects.toString(isErrorPage
							? request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) : request.getRequestURI());
					if (!List.of(paths).contains(path) || (isErrorPage && !path.endsWith("twice"))) {
						chain.doFilter(request, response);
					}
					else if (path.endsWith("status")) {
						response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
					}
					else {
						throw new IllegalStateException("fails");
					}
				}

			});
			registration.setOrder(order);
			registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR);
			return registration;
		}

	}

}
