package io.microplatform.starter.problem;

import io.micrometer.tracing.Tracer;
import org.apache.catalina.core.StandardHost;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Problems for whatever goes wrong in a servlet web application.
 */
@AutoConfiguration(before = ErrorMvcAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import({ ProblemHandler.class, ProblemErrorController.class })
public class ProblemAutoConfiguration {

	@Bean
	TraceIds traceIds(Tracer tracer) {
		return new TraceIds(tracer);
	}

	@Bean
	ProblemWriter problemWriter(JsonMapper json, TraceIds traceIds) {
		return new ProblemWriter(json, traceIds);
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcatItself() {
		TomcatContextCustomizer customizer = (context) -> {
			if (context.getParent() instanceof StandardHost host) {
				host.setErrorReportValveClass(ProblemReportValve.class.getName());
			}
		};
		return (factory) -> factory.addContextCustomizers(customizer);
	}

}
