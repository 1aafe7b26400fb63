package io.github.x402sessions.core.price;

import java.math.BigInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AssetTests {

	private final Asset usdc = Asset.usdc(Network.STELLAR_TESTNET);

	@ParameterizedTest
	@CsvSource({ "0.10,1000000", "$0.10,1000000", "0.0000001,1", "1,10000000", "1.50,15000000", "0.10000000000,1000000",
			"0,0", "123456789.1234567,1234567891234567" })
	void turnsDecimalsIntoBaseUnitsExactly(String price, BigInteger baseUnits) {
		assertThat(this.usdc.toBaseUnits(price)).isEqualTo(baseUnits);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".5", "1.", "-1", "1e3", "0x1", "1,5", "$", "NaN", "0.1 0",
			"11111111111111111111111111111111111111111" })
	void refusesWhatIsNotADecimal(String price) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.usdc.toBaseUnits(price))
			.withMessageContaining("is not a decimal");
	}

	@Test
	void neverRounds() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.usdc.toBaseUnits("0.00000001"))
			.withMessageContaining("more than the 7 decimals");
	}

	@Test
	void turnsBaseUnitsIntoDecimals() {
		assertThat(this.usdc.toDecimal(BigInteger.valueOf(1_000_000))).isEqualTo("0.1");
		assertThat(this.usdc.toDecimal(BigInteger.TEN.pow(9))).isEqualTo("100");
		assertThat(this.usdc.toDecimal(BigInteger.ZERO)).isEqualTo("0");
	}

	@Test
	void saysAmountsInWholeTokensWithTheirSymbol() {
		BigInteger tenth = BigInteger.valueOf(1_000_000);
		Asset other = new Asset("CTOKEN", 2);
		assertThat(this.usdc.describe(tenth)).isEqualTo("0.1 USDC");
		assertThat(Asset.usdc(Network.STELLAR_PUBNET).describe(tenth)).isEqualTo("0.1 USDC");
		assertThat(other.describe(tenth)).isEqualTo("10000 CTOKEN");
		assertThat(Asset.describe(this.usdc.id(), tenth)).isEqualTo("0.1 USDC");
		assertThat(Asset.describe(other.id(), tenth)).isEqualTo("1000000 base units of CTOKEN");
	}

	@Test
	void checksIdAndDecimals() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Asset(" ", 7));
		assertThatIllegalArgumentException().isThrownBy(() -> new Asset("C", 19));
		assertThatIllegalArgumentException().isThrownBy(() -> new Asset("C", -1));
	}

	@Test
	void findsNetworksById() {
		assertThat(Network.of("stellar:pubnet")).isEqualTo(Network.STELLAR_PUBNET);
		assertThat(Network.STELLAR_TESTNET.passphrase()).isEqualTo("Test SDF Network ; September 2015");
		assertThat(Network.STELLAR_PUBNET.defaultRpcUrl()).startsWith("https://");
		assertThatIllegalArgumentException().isThrownBy(() -> Network.of("stellar:mainnet"))
			.withMessageContaining("stellar:pubnet");
	}

}
