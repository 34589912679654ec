package io.microplatform.gateway.problem;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import io.microplatform.instance.problem.ProblemKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemTests {

	@ParameterizedTest
	@EnumSource
	void aProblemHasTypeTitleAndStatusOfItsKind(ProblemKind kind) {
		Problem problem = Problem.untraced(kind, "detail");
		Map<String, Object> members = JsonPath.read(new String(problem.toJson(), StandardCharsets.UTF_8), "$");
		assertThat(members).isEqualTo(Map.of("type", kind.type(), "title", kind.title(), "status", kind.status(),
				"detail", "detail", "traceId", problem.traceId()));
	}

}
