package io.github.x402sessions.client.payment.session;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.x402sessions.client.facilitator.RegistrationBody;
import io.github.x402sessions.client.payment.Budget;
import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.client.payment.PayerDecision;
import io.github.x402sessions.client.payment.PaymentOffer;
import io.github.x402sessions.client.payment.PaymentOptions;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.core.scheme.session.BodyHash;
import io.github.x402sessions.core.scheme.session.SessionKey;
import io.github.x402sessions.stellar.ProtocolVectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that this client registers and signs what the test vectors of
 * {@code docs/protocol.md} say.
 */
class SessionVectorsTests {

	private static final JsonNode TERMS = ProtocolVectors.at("/payment/terms");

	private static final PaymentPayload PAYMENT = WireJson.read(
			ProtocolVectors.at("/headers/2/message").toString().getBytes(StandardCharsets.UTF_8), PaymentPayload.class);

	private static final URI URL = URI.create(TERMS.path("resource").asString());

	private final SessionKeyPair key = key();

	@Test
	void paymentIsSignedAsTheVectorsSay() {
		Clock clock = Clock.fixed(Instant.ofEpochSecond(TERMS.path("validUntil").asLong() - 60), ZoneOffset.UTC);
		PaymentOptions options = new PaymentOptions(Budget.unlimited(), (event) -> {
		}, false, false, Duration.ofSeconds(1), clock, List.of(), "stellar:testnet", new Asset("CUSDC", 7));
		String body = ProtocolVectors.text("/payment/requestBody");
		PaymentOffer offer = new PaymentOffer(URL,
				PaymentRequired.of(null, PAYMENT.resource(), List.of(PAYMENT.accepted())),
				new PaymentIdentifier(TERMS.path("paymentId").asString()), false, TERMS.path("method").asString(),
				() -> BodyHash.of(body.getBytes(StandardCharsets.UTF_8)), null);
		PayerDecision decision = new SessionPayer(grant(), options).answer(offer).join();
		assertThat(decision).isInstanceOfSatisfying(PayerDecision.Pays.class,
				(pays) -> assertThat(WireJson.write(pays.payload().get())).asString()
					.isEqualTo(new String(WireJson.write(PAYMENT.payload()), StandardCharsets.UTF_8)));
	}

	@Test
	void registrationWithAKeyIsProvenAsTheVectorsSay() {
		JsonNode terms = ProtocolVectors.at("/signatures/2/terms");
		SessionSigner user = SessionSigner.ofSecret(ProtocolVectors.text("/keys/user/secret"));
		RegistrationBody registration = new RegistrationBody(terms.path("approvalTxHash").asString(), user.accountId(),
				terms.path("asset").asString(), terms.path("recipient").asString(), terms.path("cap").asString(),
				terms.path("expirationLedger").asLong(), terms.path("network").asString(), null, null,
				this.key.publicKey().toString());
		assertThat(registration.provenBy(user::signMessage).proof())
			.isEqualTo(ProtocolVectors.text("/signatures/2/signature"));
	}

	private SessionGrant grant() {
		SpendingRules rules = new SpendingRules(PAYMENT.accepted().network(), new Asset(PAYMENT.accepted().asset(), 7),
				PAYMENT.accepted().payTo(), ProtocolVectors.text("/keys/spender/address"), BigInteger.valueOf(100_000),
				Set.of(Origin.of(URL)));
		return new SessionGrant(String.valueOf(PAYMENT.payload().get("sessionId")), rules, BigInteger.ZERO, Instant.MAX,
				Instant.MAX, new PaymentSigner(this.key, TERMS.path("approval").asString(), Map.of()));
	}

	private static SessionKeyPair key() {
		byte[] both = new byte[64];
		Arrays.fill(both, 0, 32, (byte) ProtocolVectors.at("/sessionKey/seedByte").asInt());
		System.arraycopy(SessionKey.parse(ProtocolVectors.text("/sessionKey/key")).toBytes(), 0, both, 32, 32);
		return SessionKeyPair.ofSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(both));
	}

}
