package io.github.x402sessions.devnet.junit;

import java.math.BigDecimal;

import io.github.x402sessions.devnet.StellarDevnet;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DevnetTest} by being one.
 */
@DevnetTest(ledgerInterval = 0)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DevnetExtensionTests {

	private static StellarDevnet shared;

	@Funded("3")
	private static KeyPair merchant;

	private StellarDevnet devnet;

	@Funded("0.5")
	private KeyPair payer;

	@Test
	@Order(1)
	void fieldsAndParametersAreOfOneFreshNetwork(StellarDevnet parameter, @Funded("25") KeyPair customer) {
		assertThat(parameter).isSameAs(shared).isSameAs(this.devnet);
		assertThat(parameter.latestLedger()).isEqualTo(1);
		assertThat(parameter.usdcBalance(customer.getAccountId())).isEqualTo(250_000_000);
		assertThat(parameter.usdcBalance(this.payer.getAccountId())).isEqualTo(5_000_000);
		assertThat(parameter.usdcBalance(merchant.getAccountId())).isEqualTo(30_000_000);
		assertThat(parameter.closeLedger()).isEqualTo(2);
	}

	@Test
	@Order(2)
	void itIsTheClassesAndNotTheMethods(StellarDevnet parameter, @Funded KeyPair poor) {
		assertThat(parameter.latestLedger()).isEqualTo(2);
		assertThat(parameter.usdcBalance(poor.getAccountId())).isZero();
		parameter.faucet(poor.getAccountId(), BigDecimal.ONE);
		assertThat(parameter.usdcBalance(poor.getAccountId())).isEqualTo(10_000_000);
	}

	/** Classes within the class. */
	@Nested
	class Within {

		@Test
		void haveTheSameNetwork(StellarDevnet parameter) {
			assertThat(parameter).isSameAs(shared);
		}

	}

}
