package io.github.x402sessions.house;

import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.github.x402sessions.house.House.ROOT;

/**
 * What is of one payment scheme or one family of networks is in one place of each side,
 * so that another one has a place to go to.
 */
class SchemeSeamTests {

	@Test
	void aServerKnowsSchemesByTheirInterface() {
		noClasses().that()
			.resideInAnyPackage(ROOT + "core..", ROOT + "servlet..", ROOT + "spring..")
			.and()
			.resideOutsideOfPackage(ROOT + "core.scheme..")
			.should()
			.dependOnClassesThat()
			.haveFullyQualifiedName(ROOT + "core.scheme.SessionScheme")
			.orShould()
			.dependOnClassesThat()
			.resideInAPackage(ROOT + "core.scheme.session..")
			.check(House.CLASSES);
	}

	@Test
	void aServerKnowsNetworksByTheirRules() {
		noClasses().that()
			.resideInAnyPackage(ROOT + "core..", ROOT + "servlet..", ROOT + "spring..")
			.and()
			.resideOutsideOfPackage(ROOT + "core.price..")
			.and()
			.doNotHaveFullyQualifiedName(ROOT + "core.terms.CommonTerms")
			.should()
			.dependOnClassesThat()
			.haveFullyQualifiedName(ROOT + "core.price.StellarAddress")
			.orShould()
			.dependOnClassesThat()
			.haveFullyQualifiedName(ROOT + "core.price.Network")
			.check(House.CLASSES);
	}

	@Test
	void aCallIsPaidByWhicheverScheme() {
		noClasses().that()
			.resideInAnyPackage(ROOT + "client.payment", ROOT + "client.payment.jdk..", ROOT + "adapter..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(ROOT + "client.payment.session..")
			.check(House.CLASSES);
	}

}
