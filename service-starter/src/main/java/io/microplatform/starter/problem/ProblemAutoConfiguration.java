package io.microplatform.starter.problem;

import io.micrometer.tracing.Tracer;
import org.apache.catalina.core.StandardHost;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * {@link AutoConfiguration} that makes a servlet web application answer every error with
 * a problem.
 */
@AutoConfiguration(before = { ErrorMvcAutoConfiguration.class, WebMvcAutoConfiguration.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
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
	@ConditionalOnMissingBean(ResponseEntityExceptionHandler.class)
	ProblemHandler problemHandler(TraceIds traceIds) {
		return new ProblemHandler(traceIds);
	}

	@Bean
	@ConditionalOnMissingBean(ErrorController.class)
	ProblemErrorController problemErrorController(ProblemWriter problems) {
		return new ProblemErrorController(problems);
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
