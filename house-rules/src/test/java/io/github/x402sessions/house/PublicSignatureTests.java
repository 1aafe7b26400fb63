package io.github.x402sessions.house;

import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.elements.GivenCodeUnitsConjunction;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static io.github.x402sessions.house.House.ROOT;

/**
 * What a caller compiles against holds no type of a library that is the module's own
 * business: it can be exchanged, or another version of it used beside.
 */
class PublicSignatureTests {

	@Test
	void noLibraryStandsInAPublicSignatureOfCoreFilterAndClient() {
		publicMembersIn(ROOT + "core..", ROOT + "servlet..", ROOT + "client..")
			.should(mentionNoTypeOf("feign.", "tools.jackson.", "com.fasterxml.", "io.github.resilience4j.",
					"com.github.benmanes.", "org.stellar.", "okhttp3."))
			.check(House.CLASSES);
	}

	@Test
	void noLibraryStandsInAPublicSignatureOfTheDevnetsAndTheFacilitatorsEntry() {
		publicMembersIn(ROOT + "devnet", ROOT + "facilitator", ROOT + "facilitator.config")
			.should(mentionNoTypeOf("tools.jackson.", "com.fasterxml.", "org.stellar.", "okhttp3.", "com.zaxxer.",
					"org.flywaydb.", "org.bouncycastle."))
			.check(House.CLASSES);
	}

	private static GivenCodeUnitsConjunction<JavaCodeUnit> publicMembersIn(String... packages) {
		return codeUnits().that()
			.arePublic()
			.and()
			.areDeclaredInClassesThat()
			.arePublic()
			.and()
			.areDeclaredInClassesThat()
			.resideInAnyPackage(packages);
	}

	private static ArchCondition<JavaCodeUnit> mentionNoTypeOf(String... packages) {
		return new ArchCondition<>("mention no type of " + String.join(", ", packages)) {

			@Override
			public void check(JavaCodeUnit unit, ConditionEvents events) {
				Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream())
					.filter((type) -> Stream.of(packages).anyMatch(type.getName()::startsWith))
					.forEach((type) -> events
						.add(SimpleConditionEvent.violated(unit, unit.getFullName() + " mentions " + type.getName())));
			}

		};
	}

}
