package io.microplatform.starter.test;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

import org.springframework.context.annotation.Configuration;
import org.springframework.data.repository.Repository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RestController;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The design that every service keeps to.
 */
public final class Design {

	private static final ArchRule WEB_DOES_NOT_REACH_INTO_THE_DATABASE = noClasses().that()
		.areAnnotatedWith(RestController.class)
		.should()
		.dependOnClassesThat()
		.areAssignableTo(Repository.class)
		.orShould()
		.dependOnClassesThat()
		.areAssignableTo(JdbcClient.class)
		.because("rules and transactions belong to what stands between them");

	private static final ArchRule NOBODY_USES_WHAT_ONLY_SPRING_NEEDS = classes().that()
		.areAnnotatedWith(RestController.class)
		.or()
		.areAnnotatedWith(Configuration.class)
		.or()
		.areAssignableTo(Repository.class)
		.should()
		.bePackagePrivate();

	private Design() {
	}

	/**
	 * Checks the classes of one service, tests left out.
	 * @param ownPackage the service's package
	 * @param otherServices packages of other services, of which it may use nothing
	 * @throws AssertionError naming each class that does not keep to the design
	 */
	public static void check(String ownPackage, String... otherServices) {
		JavaClasses service = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages(ownPackage);
		CompositeArchRule.of(List.of(WEB_DOES_NOT_REACH_INTO_THE_DATABASE, NOBODY_USES_WHAT_ONLY_SPRING_NEEDS,
				GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION,
				GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS,
				GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING, timeComesFromAClock(),
				sharesNothingWith(otherServices)))
			.allowEmptyShould(true)
			.check(service);
	}

	private static ArchRule timeComesFromAClock() {
		CompositeArchRule rule = CompositeArchRule.of(noClasses().should()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(Clock.class, "systemDefaultZone"));
		for (Class<?> type : List.of(Instant.class, LocalDate.class, LocalDateTime.class, OffsetDateTime.class,
				ZonedDateTime.class)) {
			rule = rule.and(noClasses().should().callMethod(type, "now"));
		}
		return rule.because("tests must be able to set the time");
	}

	private static ArchRule sharesNothingWith(String... otherServices) {
		return noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage(otherServices)
			.because("services share messages, not classes");
	}

}
