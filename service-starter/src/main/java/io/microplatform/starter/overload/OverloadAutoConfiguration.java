package io.microplatform.starter.overload;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.problem.Problem;
import io.microplatform.starter.problem.ProblemAutoConfiguration;
import io.microplatform.starter.problem.ProblemWriter;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * {@link AutoConfiguration} that limits the requests in progress at the public port of a
 * servlet web application. The management port, whose context has filters of its own, is
 * not limited, so that an overloaded instance stays ready and observable.
 */
@AutoConfiguration(after = ProblemAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(OverloadProperties.class)
public class OverloadAutoConfiguration {

	@Bean
	InProgress requestsInProgress(Refreshable<OverloadProperties> properties, MeterRegistry meters) {
		return new InProgress(properties, meters);
	}

	@Bean
	FilterRegistrationBean<InProgressFilter> inProgressFilter(InProgress requests, ProblemWriter problems) {
		FilterRegistrationBean<InProgressFilter> filter = new FilterRegistrationBean<>(
				new InProgressFilter(requests, problems.prepare(Problem.of(ProblemKind.UNAVAILABLE,
						"The instance is overloaded. The request had no effect; try again in 1 s."))));
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return filter;
	}

}
