package io.github.x402sessions.devnet;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.scval.Scv;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Consent by the credentials of protocol 27, which this SDK cannot read.
 */
class NamingCredentialsTests {

	private static final String SIGNED = "/transferFromChannel_ADDRESS_V2/signed/envelopeXdr";

	private static final String UNSIMULATED = "/transferFromChannel_ADDRESS_V2/unsimulated/envelopeXdr";

	private ManualNetwork chain = chain(27);

	private static ManualNetwork chain(int protocol) {
		return new ManualNetwork(
				StellarDevnet.builder().usdcIssuer(Vectors.text("/keys/issuer/publicKey")).protocol(protocol));
	}

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void simulationAsksForThemWhereTheCallerKnowsThem() {
		allowance();
		JsonNode upgraded = simulate(true);
		assertThat(credentials(upgraded)).isEqualTo(2);
		assertThat(credentials(simulate(false))).isEqualTo(1);
		assertThat(upgraded.at("/minResourceFee").asString())
			.isEqualTo(simulate(false).at("/minResourceFee").asString());
	}

	@Test
	void olderProtocolsDoNotKnowThem() throws IOException {
		this.chain.close();
		this.chain = chain(26);
		allowance();
		assertThat(credentials(simulate(true))).isEqualTo(1);
		JsonNode sent = this.chain.rpc.call("sendTransaction", Map.of("transaction", Vectors.text(SIGNED)));
		assertThat(sent.at("/error/message").asString()).isEqualTo("invalid_xdr");
	}

	@Test
	void signatureOverTheOlderPayloadIsNone() {
		allowance();
		String forged = HexFormat.of()
			.formatHex(Base64.getDecoder().decode(Vectors.text(SIGNED)))
			.replace(Vectors.text("/auth_ADDRESS_V2/signatureHex"), Vectors.text("/auth_ADDRESS/signatureHex"));
		JsonNode simulated = this.chain.rpc.result("simulateTransaction",
				Map.of("transaction", Base64.getEncoder().encodeToString(HexFormat.of().parseHex(forged))));
		assertThat(simulated.at("/error").asString()).startsWith("HostError: Error(Auth, InvalidAction)");
		JsonNode genuine = this.chain.rpc.result("simulateTransaction", Map.of("transaction", Vectors.text(SIGNED)));
		assertThat(genuine.has("error")).isFalse();
		assertThat(genuine.at("/results/0/auth/0").asString())
			.isEqualTo(Vectors.text("/auth_ADDRESS_V2/signedEntryXdr"));
	}

	private void allowance() {
		for (String name : new String[] { "user", "facilitator", "merchant", "channel" }) {
			this.chain.devnet.fund(Vectors.text("/keys/" + name + "/publicKey"));
		}
		this.chain.devnet.faucet(Vectors.text("/keys/user/publicKey"), BigDecimal.TEN);
		this.chain.devnet.faucet(Vectors.text("/keys/merchant/publicKey"), BigDecimal.ZERO);
		KeyPair user = Vectors.key("user");
		KeyPair facilitator = Vectors.key("facilitator");
		assertThat(this.chain.approve(user, facilitator, 50_000_000, 10_000).at("/status").asString())
			.isEqualTo("SUCCESS");
		assertThat(Scv.fromInt128(
				this.chain.view(user, "allowance", ManualNetwork.address(user), ManualNetwork.address(facilitator))))
			.isEqualTo(50_000_000);
	}

	private JsonNode simulate(boolean upgraded) {
		return this.chain.rpc.result("simulateTransaction",
				Map.of("transaction", Vectors.text(UNSIMULATED), "useUpgradedAuth", upgraded));
	}

	/** The number of the credentials that the simulation asks for. */
	private static int credentials(JsonNode simulated) {
		return Base64.getDecoder().decode(simulated.at("/results/0/auth/0").asString())[3];
	}

}
