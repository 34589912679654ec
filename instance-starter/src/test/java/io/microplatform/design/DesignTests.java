package io.microplatform.design;

import java.util.List;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DesignTests {

	private static final String ITS_PACKAGE = "io.microplatform.design.fixture.order";

	@ParameterizedTest
	@ValueSource(strings = { "Web$AsksTheRepository", "Web$AsksAnything", "Web$AsksAsEver", "Web$AsksItself" })
	void aControllerThatReachesIntoTheDatabaseIsFound(String type) {
		assertThat(violations(type)).isNotEmpty().allMatch((violation) -> violation.contains(type));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Web$PublicController", "Web$PublicOrders", "Web$PublicWiring" })
	void whatOnlySpringNeedsMayNotBePublic(String type) {
		assertThat(violations(type)).singleElement().asString().contains(type, "PUBLIC");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Injection$ByField", "Injection$ValueByField" })
	void injectionIntoAFieldIsFound(String type) {
		assertThat(violations(type)).singleElement().asString().contains(type);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Time$AnInstant", "Time$AnInstantByReference", "Time$ADateSomewhere", "Time$Milliseconds",
			"Time$ADate", "Time$ACalendar", "Time$AClockOfItsOwn", "Time$ATickingClockOfItsOwn",
			"Time$ASourceOfItsOwn" })
	void timeThatDoesNotComeFromTheClockIsFound(String type) {
		assertThat(violations(type)).singleElement().asString().contains(type);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Web$AsksTheService", "Web$Service", "Web$Orders", "Web$Wiring", "Injection$ByConstructor",
			"Time$FromTheClock", "Time$Elapsed", "Time$TheClock", "OrderOfNobody" })
	void whatKeepsToTheDesignIsLeftAlone(String type) {
		assertThat(violations(type)).isEmpty();
	}

	@Test
	void classesOfAnotherServiceAndWhatIsPublicWithoutNeedAreFound() {
		JavaClasses twoServices = new ClassFileImporter().importPackages("io.microplatform.design.fixture");
		assertThat(violations(twoServices))
			.anyMatch((violation) -> violation.contains("OrderOfUser") && violation.contains("user.User"))
			.anyMatch((violation) -> violation.endsWith("PublicOrder> is public, but no other package uses it"))
			.noneMatch((violation) -> violation.contains("OrderCount> is public")
					|| violation.contains("Application> is public"));
	}

	@Test
	void aPackageOfNothingIsAMistake() {
		assertThatIllegalArgumentException().isThrownBy(() -> Design.checkApplication("io.microplatform.typo"));
	}

	@Test
	void theStarterKeepsToIt() {
		Design.checkStarter("io.microplatform.instance");
	}

	private static List<String> violations(String type) {
		return violations(
				new ClassFileImporter().withImportOption((location) -> location.contains("/" + type + ".class"))
					.importPackages(ITS_PACKAGE));
	}

	private static List<String> violations(JavaClasses types) {
		assertThat(types).isNotEmpty();
		return Design.ofApplications(ITS_PACKAGE)
			.map((rule) -> rule.allowEmptyShould(true).evaluate(types))
			.flatMap((result) -> result.getFailureReport().getDetails().stream())
			.toList();
	}

}
