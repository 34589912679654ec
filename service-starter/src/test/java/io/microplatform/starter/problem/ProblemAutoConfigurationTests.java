package io.microplatform.starter.problem;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(ProblemAutoConfiguration.class,
			JacksonAutoConfiguration.class, NoopTracerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
			WebMvcAutoConfiguration.class, ErrorMvcAutoConfiguration.class);

	private final WebApplicationContextRunner contexts = new WebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS);

	@Test
	void aWebApplicationAnswersErrorsWithProblems() {
		this.contexts.run((context) -> {
			assertThat(context).hasSingleBean(ResponseEntityExceptionHandler.class).hasBean("problemsFromTomcatItself");
			assertThat(context).getBean(ErrorController.class).isInstanceOf(ProblemErrorController.class);
			assertThat(context).getBean(ResponseEntityExceptionHandler.class).isInstanceOf(ProblemHandler.class);
		});
	}

	@Test
	void isOffInAnApplicationThatIsNotAWebApplication() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ProblemWriter.class)
				.doesNotHaveBean(ProblemHandler.class)
				.doesNotHaveBean(ProblemErrorController.class)
				.doesNotHaveBean("problemsFromTomcatItself"));
	}

	@Test
	void backsOffFromAnErrorControllerOfTheService() {
		this.contexts.withBean("other", ErrorController.class, () -> new ErrorController() {
		})
			.run((context) -> assertThat(context).hasSingleBean(ErrorController.class)
				.doesNotHaveBean(ProblemErrorController.class));
	}

	@Test
	void backsOffFromAnExceptionHandlerOfTheService() {
		this.contexts
			.withBean("other", ResponseEntityExceptionHandler.class, () -> new ResponseEntityExceptionHandler() {
			})
			.run((context) -> assertThat(context).hasSingleBean(ResponseEntityExceptionHandler.class)
				.doesNotHaveBean(ProblemHandler.class));
	}

}
