package io.github.x402sessions.client;

import java.net.URI;
import java.time.Duration;

import io.github.x402sessions.client.approval.Ledgers;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.stellar.ApproveVector;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SessionClientBuilder}, {@link Ledgers} and {@link SessionSigner}.
 */
class SessionClientBuilderTests {

	private static final String RECIPIENT = "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG";

	@Test
	void requiredSettingsAreAskedForByName() {
		SessionClientBuilder builder = SessionClient.builder();
		assertMissing(builder, "cap");
		assertMissing(builder.cap("1.00"), "signer");
		assertMissing(builder.signer(SessionSigner.random()), "facilitator");
		assertMissing(builder.facilitator(URI.create("https://facilitator.example")), "recipient");
		assertMissing(builder.recipient(RECIPIENT), "expiresIn");
		assertThat(builder.expiresIn(Duration.ofHours(1)).build()).isNotNull();
		assertThat(builder.network(Network.STELLAR_PUBNET)
			.rpc(URI.create("https://rpc.example"))
			.maxPerCall("0.10")
			.connectTimeout(Duration.ofSeconds(1))
			.readTimeout(Duration.ofSeconds(1))
			.build()).isNotNull();
	}

	@Test
	void amountsAreExactAndPositive() {
		assertWrong(complete().cap("1.00000001")::build, "cap: price '1.00000001' has more than the 7 decimals");
		assertWrong(complete().cap("0")::build, "cap must be greater than 0");
		assertWrong(complete().cap("922337203685.4775808")::build,
				"cap must be greater than 0 and at most 922337203685.4775807 USDC");
		assertWrong(complete().maxPerCall("much")::build, "maxPerCall: price 'much'");
	}

	@Test
	void addressesAndTimesAreChecked() {
		SessionClientBuilder builder = SessionClient.builder();
		assertWrong(() -> builder.recipient("GDWU"), "recipient 'GDWU' is not a Stellar address");
		assertWrong(() -> builder.asset(new Asset("USDC", 7)), "asset 'USDC' is not a contract id");
		assertWrong(() -> builder.facilitator(URI.create("facilitator")), "absolute http or https URL");
		assertWrong(() -> builder.rpc(URI.create("rpc")), "'rpc' is not an absolute http or https URL");
		assertWrong(() -> builder.allowedOrigins(URI.create("api")), "'api' is not an absolute http or https URL");
		assertWrong(() -> builder.expiresIn(Duration.ZERO), "expiresIn must be between 3 minutes and 175 days");
		assertWrong(() -> builder.expiresIn(Duration.ofSeconds(179)), "expiresIn must be between");
		assertWrong(() -> builder.expiresIn(Duration.ofDays(176)), "expiresIn must be between");
		assertWrong(() -> builder.connectTimeout(Duration.ZERO), "connectTimeout must be positive");
		assertWrong(() -> builder.readTimeout(Duration.ofSeconds(-1)), "readTimeout must be positive");
	}

	@Test
	void partOfALedgerCountsAsAWhole() {
		assertThat(Ledgers.in(Duration.ofMinutes(3))).isEqualTo(36);
		assertThat(Ledgers.in(Duration.ofSeconds(181))).isEqualTo(37);
		assertThat(Ledgers.in(Duration.ofSeconds(185))).isEqualTo(37);
		assertThat(Ledgers.in(Duration.ofHours(1))).isEqualTo(720);
	}

	@Test
	void signerNeverShowsItsKey() {
		String secret = ApproveVector.read().userSecret();
		assertThat(SessionSigner.ofSecret(secret).toString()).doesNotContain(secret)
			.contains(ApproveVector.read().user());
		String mistyped = secret.replace('A', 'B');
		assertThatIllegalArgumentException().isThrownBy(() -> SessionSigner.ofSecret(mistyped))
			.withMessageContaining("not a Stellar secret key")
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(mistyped));
	}

	private static SessionClientBuilder complete() {
		return SessionClient.builder()
			.signer(SessionSigner.random())
			.facilitator(URI.create("https://facilitator.example"))
			.recipient(RECIPIENT)
			.cap("1.00")
			.expiresIn(Duration.ofHours(1));
	}

	private static void assertMissing(SessionClientBuilder builder, String name) {
		assertThatIllegalStateException().isThrownBy(builder::build)
			.withMessageContaining("SessionClient needs a " + name);
	}

	private static void assertWrong(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
		assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
	}

}
