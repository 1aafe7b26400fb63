package io.github.x402sessions.house;

import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.github.x402sessions.house.House.ROOT;

/**
 * The places at which the facilitator takes another store or another scheme: what lies
 * behind one is known nowhere else.
 */
class FacilitatorSeamTests {

	private static final String FACILITATOR = ROOT + "facilitator";

	private static final String JDBC = FACILITATOR + ".store.jdbc..";

	@Test
	void statementsAndTransactionsStandInTheJdbcStoreAlone() {
		noClasses().that()
			.resideInAPackage(FACILITATOR + "..")
			.and()
			.resideOutsideOfPackage(JDBC)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..",
					"org.springframework.transaction..", "com.zaxxer.hikari..", "org.flywaydb..")
			.check(House.CLASSES);
	}

	@Test
	void onlyWhatPutsTheFacilitatorTogetherKnowsWhichStoreItHas() {
		noClasses().that()
			.resideInAPackage(FACILITATOR + "..")
			.and()
			.resideOutsideOfPackages(JDBC, FACILITATOR, FACILITATOR + ".command")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(JDBC)
			.check(House.CLASSES);
	}

	@Test
	void settlementsKnowNoSessionAndNoScheme() {
		noClasses().that()
			.resideInAPackage(FACILITATOR + ".settlement..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(FACILITATOR + ".session..", FACILITATOR + ".scheme..")
			.check(House.CLASSES);
	}

	@Test
	void settlementsKnowNotWhichOfThemAreDeferred() {
		noClasses().that()
			.resideInAPackage(FACILITATOR + ".settlement..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(FACILITATOR + ".deferred..")
			.check(House.CLASSES);
	}

	@Test
	void whatIsDeferredKnowsNoSessionAndNoScheme() {
		noClasses().that()
			.resideInAPackage(FACILITATOR + ".deferred..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(FACILITATOR + ".session..", FACILITATOR + ".scheme..", ROOT + "core.scheme.session..")
			.orShould()
			.dependOnClassesThat()
			.haveFullyQualifiedName(ROOT + "core.scheme.SessionScheme")
			.check(House.CLASSES);
	}

	@Test
	void onlyWhatPutsTheFacilitatorTogetherKnowsWhichSchemesItHas() {
		noClasses().that()
			.resideInAPackage(FACILITATOR + "..")
			.and()
			.resideOutsideOfPackages(FACILITATOR + ".scheme.*..", FACILITATOR, FACILITATOR + ".command")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(FACILITATOR + ".scheme.*..")
			.check(House.CLASSES);
	}

}
