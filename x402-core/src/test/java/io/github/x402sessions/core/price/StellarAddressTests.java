package io.github.x402sessions.core.price;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StellarAddressTests {

	private static final String ACCOUNT = "GCFIRY65OQE7DFP5KLNS2PF2LVZMUZYJX4OZIEQ36N2IQANUB5XVYOJR";

	@Test
	void knowsAccountsAndContracts() {
		assertThat(StellarAddress.isAccount(ACCOUNT)).isTrue();
		assertThat(StellarAddress.isContract(ACCOUNT)).isFalse();
		assertThat(StellarAddress.isContract("CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA")).isTrue();
		assertThat(StellarAddress.isAccount("CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "GCFIRY65OQE7DFP5KLNS2PF2LVZMUZYJX4OZIEQ36N2IQANUB5XVYOJ",
			"GCFIRY65OQE7DFP5KLNS2PF2LVZMUZYJX4OZIEQ36N2IQANUB5XVYOJA",
			"GCFIRY65OQE7DFP5KLNS2PF2LVZMUZYJX4OZIEQ36N2IQANUB5XVYO1R",
			"gcfiry65oqe7dfp5klns2pf2lvzmuzyjx4oziEq36n2iqanub5xvyojr",
			"SAAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQC5MY" })
	void refusesTheRest(String text) {
		assertThat(StellarAddress.isAccount(text)).isFalse();
	}

	@Test
	void findsEveryMistypedCharacter() {
		for (int i = 0; i < ACCOUNT.length(); i++) {
			char other = (ACCOUNT.charAt(i) == 'A') ? 'B' : 'A';
			String mistyped = ACCOUNT.substring(0, i) + other + ACCOUNT.substring(i + 1);
			assertThat(StellarAddress.isAccount(mistyped)).as(mistyped).isFalse();
		}
	}

}
