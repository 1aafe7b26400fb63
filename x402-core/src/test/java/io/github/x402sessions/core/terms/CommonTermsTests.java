package io.github.x402sessions.core.terms;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CommonTermsTests {

	private static final String MERCHANT = "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG";

	private static final String TOKEN = "CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC";

	@Test
	void aRouteHasTheCommonTermsAndItsOwnPrice() {
		CommonTerms terms = CommonTerms.of("session", "stellar:pubnet", null, null, MERCHANT);
		PricedRoute route = terms.route("/quote", "0.10", " ", "text/plain");
		assertThat(route).isEqualTo(new PricedRoute("/quote", route.accepts(), null, "text/plain"));
		assertThat(route.accepts()).containsExactly(
				PaymentTerms.of("session", "stellar:pubnet", Asset.usdc(Network.STELLAR_PUBNET), "0.10", MERCHANT));
	}

	@Test
	void anotherAssetHasItsOwnDecimals() {
		CommonTerms terms = CommonTerms.of("session", "stellar:testnet", TOKEN, 2, MERCHANT);
		assertThat(terms.route("/quote", "0.10", null, null).accepts()).first()
			.satisfies((accepted) -> assertThat(accepted.amount()).isEqualTo("10"));
		assertThatExceptionOfType(InvalidTermsException.class)
			.isThrownBy(() -> terms.route("/quote", "0.001", null, null))
			.satisfies((ex) -> assertThat(ex.remedy()).contains("at most 2 decimals"));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			'',      stellar:testnet, -,    -,  G,    SCHEME,         no scheme
			session, -,               -,    -,  G,    NETWORK,        CAIP-2
			session, testnet,         -,    -,  G,    NETWORK,        CAIP-2
			session, stellar:mainnet, -,    -,  G,    NETWORK,        not known
			session, eip155:8453,     -,    -,  G,    ASSET,          no default asset
			session, stellar:testnet, USDC, -,  G,    ASSET,          not a contract id
			session, stellar:testnet, C,    -,  G,    ASSET_DECIMALS, not known
			session, stellar:testnet, C,    19, G,    ASSET_DECIMALS, 0 to 18
			session, stellar:testnet, -,    6,  G,    ASSET_DECIMALS, 'USDC has 7 decimals, not 6'
			session, stellar:testnet, -,    -,  -,    PAY_TO,         nobody
			session, stellar:testnet, -,    -,  GABC, PAY_TO,         not a Stellar address
			""")
	void aWrongSettingIsNamed(String scheme, String network, String asset, Integer decimals, String payTo,
			TermsSetting setting, String message) {
		assertThatExceptionOfType(InvalidTermsException.class)
			.isThrownBy(() -> CommonTerms.of(scheme, network, "C".equals(asset) ? TOKEN : asset, decimals,
					"G".equals(payTo) ? MERCHANT : payTo))
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo(setting))
			.satisfies((ex) -> assertThat(ex.remedy()).startsWith("to "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "SBGWSG6BTNCKCOB3DIFBGCVMUPQFYPA2G4O34RMTB343OYPXU5DJDVMN",
			"sbgwsg6btnckcob3difbgcvmupqfypa2g4o34rmtb343oypxu5djdvmn",
			" SBGWSG6BTNCKCOB3DIFBGCVMUPQFYPA2G4O34RMTB343OYPXU5DJDVMN\n",
			"'SBGWSG6BTNCKCOB3DIFBGCVMUPQFYPA2G4O34RMTB343OYPXU5DJDVMN'",
			"SBGWSG6BTNCKCOB3DIFBGCVMUPQFYPA2-4O34RMTB343OYPXU5DJDVMN" })
	void aSecretSeedIsNotRepeated(String seed) {
		assertThatExceptionOfType(InvalidTermsException.class)
			.isThrownBy(() -> CommonTerms.of("session", "stellar:testnet", null, null, seed))
			.withMessageStartingWith("a secret seed (S…) is no address")
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.remedy()).doesNotContainIgnoringCase("SBGW"));
		assertThatExceptionOfType(InvalidTermsException.class)
			.isThrownBy(() -> CommonTerms.of("exact", "eip155:8453", "0xusdc", 6, seed))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo(TermsSetting.PAY_TO));
	}

	@Test
	void theDecimalsOfUsdcMayBeRepeated() {
		assertThat(CommonTerms.of("session", "stellar:testnet", null, 7, MERCHANT)).isNotNull();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "-", "' '", "free", "0", "-1", "0.00000001" })
	void aWrongPriceIsNamed(String price) {
		CommonTerms terms = CommonTerms.of("session", "stellar:testnet", null, null, MERCHANT);
		assertThatExceptionOfType(InvalidTermsException.class)
			.isThrownBy(() -> terms.route("/quote", price, null, null))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo(TermsSetting.PRICE));
	}

}
