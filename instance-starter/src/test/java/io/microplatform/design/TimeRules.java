package io.microplatform.design;

import java.time.Clock;
import java.time.InstantSource;
import java.util.Calendar;
import java.util.Date;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Time comes from the clock that is injected. How long something took may be measured
 * with {@link System#nanoTime()}.
 */
final class TimeRules {

	static final ArchRule TIME_COMES_FROM_A_CLOCK = noClasses().should()
		.accessTargetWhere(DescribedPredicate.describe("it reads the system's time", TimeRules::readsTheTime))
		.because("tests must be able to set the time");

	static final ArchRule THERE_IS_ONE_CLOCK = noClasses().that()
		.areNotAnnotatedWith("org.springframework.boot.autoconfigure.AutoConfiguration")
		.should()
		.accessTargetWhere(DescribedPredicate.describe("it makes a clock", TimeRules::makesAClock))
		.because("a clock of one's own cannot be set from outside");

	private TimeRules() {
	}

	private static boolean readsTheTime(JavaAccess<?> access) {
		if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
			return false;
		}
		String name = target.getName();
		return switch (target.getOwner().getName()) {
			case "java.lang.System" -> name.equals("currentTimeMillis");
			case "java.util.Date" ->
				name.equals(JavaConstructor.CONSTRUCTOR_NAME) && target.getRawParameterTypes().isEmpty();
			case "java.util.Calendar", "java.util.GregorianCalendar" -> true;
			default ->
				target.getOwner().getPackageName().equals("java.time") && name.equals("now") && !takesAClock(target);
		};
	}

	private static boolean takesAClock(CodeUnitAccessTarget target) {
		return target.getRawParameterTypes().stream().anyMatch((type) -> type.isEquivalentTo(Clock.class));
	}

	private static boolean makesAClock(JavaAccess<?> access) {
		return access.getTarget() instanceof CodeUnitAccessTarget target
				&& (target.getOwner().isEquivalentTo(Clock.class)
						|| target.getOwner().isEquivalentTo(InstantSource.class))
				&& (target.getName().startsWith("system") || target.getName().matches("tick(Millis|Seconds|Minutes)"));
	}

}
