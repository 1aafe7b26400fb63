package io.github.x402sessions.house;

import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.github.x402sessions.house.House.ROOT;

/**
 * The Stellar SDK is known in one module, and in the devnet, which has to find out by
 * itself what that one does: another version of the SDK touches one place. Samples and
 * benchmarks keep to it as well.
 */
class StellarSdkTests {

	/** Makes accounts on a devnet, with the SDK that comes with that. */
	private static final String DEVNET_CONNECTION = ROOT + "test.devnet..";

	@Test
	void theSdkIsKnownInOneModule() {
		noClasses().that()
			.resideOutsideOfPackages(ROOT + "stellar..", ROOT + "devnet..", DEVNET_CONNECTION)
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.stellar..")
			.check(House.CLASSES);
	}

}
