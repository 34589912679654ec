package io.microplatform.starter.problem;

import io.microplatform.instance.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemTests {

	@ParameterizedTest
	@EnumSource
	void aProblemHasTypeTitleAndStatusOfItsKind(ProblemKind kind) {
		ProblemDetail problem = Problem.of(kind, "detail");
		assertThat(problem.getType()).hasToString(kind.type());
		assertThat(problem.getTitle()).isEqualTo(kind.title());
		assertThat(problem.getStatus()).isEqualTo(kind.status());
		ProblemException exception = new ProblemException(kind, "detail");
		assertThat(exception.getBody()).isEqualTo(problem);
		assertThat(exception.getStatusCode().value()).isEqualTo(kind.status());
	}

	@Test
	void aStatusLeadsToTheGeneralKind() {
		assertThat(Problem.of(HttpStatus.BAD_REQUEST, "detail"))
			.isEqualTo(Problem.of(ProblemKind.MALFORMED_REQUEST, "detail"));
		assertThat(Problem.of(HttpStatus.CONFLICT, "detail")).isEqualTo(Problem.of(ProblemKind.CONFLICT, "detail"));
		assertThat(Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "detail"))
			.isEqualTo(Problem.of(ProblemKind.RULE_VIOLATED, "detail"));
	}

	@Test
	void aStatusWithoutAKindSaysNothingButTheStatus() {
		ProblemDetail problem = Problem.of(HttpStatus.NOT_IMPLEMENTED, "detail");
		assertThat(problem.getType()).hasToString("about:blank");
		assertThat(problem.getTitle()).isEqualTo("Not Implemented");
		assertThat(problem.getStatus()).isEqualTo(501);
	}

}
