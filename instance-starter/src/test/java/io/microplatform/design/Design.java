package io.microplatform.design;

import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The design that the platform's modules keep to. Libraries are named by their names,
 * because not every module has them.
 */
public final class Design {

	private static final ArchRule WEB_DOES_NOT_REACH_INTO_THE_DATABASE = noClasses().that()
		.areMetaAnnotatedWith("org.springframework.stereotype.Controller")
		.should()
		.dependOnClassesThat(assignableTo("org.springframework.data.repository.Repository")
			.or(assignableTo("org.springframework.jdbc.core.simple.JdbcClient"))
			.or(assignableTo("org.springframework.jdbc.core.JdbcOperations"))
			.or(assignableTo("javax.sql.DataSource")))
		.because("rules and transactions belong to what stands between them");

	private static final ArchRule NOBODY_USES_WHAT_ONLY_SPRING_NEEDS = classes().that()
		.areMetaAnnotatedWith("org.springframework.stereotype.Controller")
		.or()
		.areAnnotatedWith("org.springframework.context.annotation.Configuration")
		.or()
		.areAssignableTo("org.springframework.data.repository.Repository")
		.should()
		.notBePublic();

	private static final ArchRule NOBODY_WRITES_TO_STANDARD_STREAMS = noClasses().that()
		.resideOutsideOfPackage("io.microplatform.instance.configuration")
		.should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
		.because("there is a log as soon as there is a configuration");

	private static final ArchRule NOTHING_IS_PUBLIC_WITHOUT_NEED = classes().that()
		.arePublic()
		.and()
		.areTopLevelClasses()
		.and(not(startsTheApplication()))
		.should(beUsedByAnotherPackage())
		.because("what only its own package uses can be changed without asking anybody");

	private Design() {
	}

	/**
	 * Checks the classes of a service or server, tests left out.
	 * @param itsPackage the package that it lives in
	 * @throws AssertionError naming each class that does not keep to the design
	 */
	public static void checkApplication(String itsPackage) {
		check(itsPackage, ofApplications(itsPackage));
	}

	/**
	 * Checks the classes of a starter, tests left out. What is public there may be needed
	 * by others only.
	 * @param itsPackage the package that it lives in
	 * @throws AssertionError naming each class that does not keep to the design
	 */
	public static void checkStarter(String itsPackage) {
		check(itsPackage, ofStarters(itsPackage));
	}

	private static void check(String itsPackage, Stream<ArchRule> rules) {
		JavaClasses module = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages(itsPackage);
		if (module.isEmpty()) {
			throw new IllegalArgumentException("There is no class in " + itsPackage);
		}
		rules.forEach((rule) -> rule.allowEmptyShould(true).check(module));
	}

	static Stream<ArchRule> ofApplications(String itsPackage) {
		return Stream.concat(ofStarters(itsPackage), Stream.of(NOTHING_IS_PUBLIC_WITHOUT_NEED));
	}

	private static Stream<ArchRule> ofStarters(String itsPackage) {
		return Stream.of(WEB_DOES_NOT_REACH_INTO_THE_DATABASE, sharesNothing(itsPackage),
				GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION, TimeRules.TIME_COMES_FROM_A_CLOCK,
				TimeRules.THERE_IS_ONE_CLOCK, NOBODY_USES_WHAT_ONLY_SPRING_NEEDS, NOBODY_WRITES_TO_STANDARD_STREAMS,
				GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
	}

	private static ArchRule sharesNothing(String itsPackage) {
		return noClasses().should()
			.dependOnClassesThat(resideInAPackage("io.microplatform..").and(not(resideInAnyPackage(itsPackage + "..",
					"io.microplatform.starter..", "io.microplatform.instance..", "io.microplatform.configfiles.."))))
			.because("services share messages, not classes");
	}

	private static DescribedPredicate<JavaClass> startsTheApplication() {
		return DescribedPredicate.describe("start the application",
				(type) -> type.tryGetMethod("main", String[].class).isPresent());
	}

	private static ArchCondition<JavaClass> beUsedByAnotherPackage() {
		return new ArchCondition<>("be used by another package") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean used = type.getDirectDependenciesToSelf()
					.stream()
					.anyMatch((use) -> !use.getOriginClass().getPackage().equals(type.getPackage()));
				events.add(new SimpleConditionEvent(type, used, type.getDescription()
						+ (used ? " is used by another package" : " is public, but no other package uses it")));
			}

		};
	}

}
