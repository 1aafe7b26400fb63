package io.github.x402sessions.house;

import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static io.github.x402sessions.house.House.ROOT;

/**
 * A facilitator that stands for another passes all calls on, also those that the
 * interface will have: it is written in one place how.
 */
class DelegatingFacilitatorRuleTests {

	private static final String PACKAGE = ROOT + "core.facilitator.";

	private static final String FACILITATOR = PACKAGE + "Facilitator";

	@Test
	void whoStandsForAnotherFacilitatorDelegates() {
		classes().that(describe("have a facilitator and are one", DelegatingFacilitatorRuleTests::standsForAnother))
			.and()
			.doNotHaveFullyQualifiedName(PACKAGE + "CompositeFacilitator")
			.should()
			.beAssignableTo(PACKAGE + "DelegatingFacilitator")
			.check(House.CLASSES);
	}

	private static boolean standsForAnother(JavaClass type) {
		return type.isAssignableTo(FACILITATOR) && type.getFields()
			.stream()
			.flatMap((field) -> field.getType().getAllInvolvedRawTypes().stream())
			.anyMatch((known) -> known.isAssignableTo(FACILITATOR));
	}

}
