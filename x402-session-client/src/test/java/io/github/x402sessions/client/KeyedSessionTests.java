package io.github.x402sessions.client;

import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.x402sessions.client.facilitator.RegistrationBody;
import io.github.x402sessions.client.opening.SessionKeys;
import io.github.x402sessions.client.opening.SessionNotOpenedException;
import io.github.x402sessions.client.opening.SessionNotRegisteredException;
import io.github.x402sessions.client.payment.PaidCall;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.scheme.session.BodyHash;
import io.github.x402sessions.core.scheme.session.PaymentSignature;
import io.github.x402sessions.core.scheme.session.PaymentStatement;
import io.github.x402sessions.core.scheme.session.SessionPayload;
import io.github.x402sessions.stellar.ApproveVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for sessions with a key: how they are opened, kept and taken up again.
 */
class KeyedSessionTests {

	private static final URI TEA = URI.create("https://shop.example/tea");

	private final ApproveVector vector = ApproveVector.read();

	private final SessionKeyPair key = SessionKeyPair.random();

	private final FakeRpc rpc = new FakeRpc().ready(this.vector)
		.on("sendTransaction", Map.of("status", "PENDING"))
		.on("getTransaction", Map.of("status", "SUCCESS", "ledger", 1001));

	private final FakeFacilitator facilitator = new FakeFacilitator().offeringKeys(this.vector.spender())
		.registering(FakeFacilitator.created(this.key));

	@AfterEach
	void stop() {
		this.rpc.close();
		this.facilitator.close();
	}

	@Test
	void keyIsRegisteredUnderTheOwnersProof() {
		Session session = builder().open();
		assertThat(session.sessionKey()).hasValue(this.key.publicKey());
		RegistrationBody sent = this.facilitator.registrations().get(0);
		assertThat(sent.sessionKey()).isEqualTo(this.key.publicKey().toString());
		assertThat(isProven(sent, "v2", ":" + this.key.publicKey())).isTrue();
	}

	@Test
	void eachSessionHasAKeyOfItsOwn() {
		SessionKeyPair second = SessionKeyPair.random();
		List<SessionKeyPair> keys = List.of(this.key, second);
		this.facilitator.registering(FakeFacilitator.created(this.key), FakeFacilitator.created(second));
		this.facilitator.state(WireMock.okJson("{\"cap\":\"10\",\"spent\":\"4\",\"expirationLedger\":1720}"));
		Session session = builder().sessionKey(() -> keys.get(this.facilitator.registrations().size())).open();
		session.topUp("1.00");
		assertThat(session.sessionKey()).hasValue(second.publicKey());
		assertThat(isSigned(session, second)).isTrue();
	}

	@Test
	void keysAreRandomUnlessTheyAreGiven() {
		this.facilitator.registering(WireMock.badRequest());
		for (int i = 0; i < 2; i++) {
			catchThrowableOfType(SessionNotRegisteredException.class, () -> unkeyedBuilder().open());
		}
		assertThat(this.facilitator.registrations()).extracting(RegistrationBody::sessionKey)
			.doesNotContainNull()
			.doesNotHaveDuplicates();
	}

	@Test
	void sessionWhoseKeyDoesNotComeBackIsClosed() {
		this.facilitator.registering(FakeFacilitator.created(), FakeFacilitator.created(SessionKeyPair.random()));
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(SessionNotRegisteredException.class).isThrownBy(() -> builder().open())
				.withMessageContaining("was registered without the session's key, and the session was closed");
			assertThat(this.facilitator.awaitClosing()).isEqualTo("/sessions/" + FakeFacilitator.ID);
		}
	}

	@Test
	void registrationThatIsTriedAgainHasTheSameKey() {
		this.facilitator.registering(WireMock.serverError(), WireMock.serverError(), WireMock.serverError(),
				FakeFacilitator.created(this.key));
		SessionNotRegisteredException failure = catchThrowableOfType(SessionNotRegisteredException.class,
				() -> builder().open());
		assertThat(failure.sent()).hasValueSatisfying(
				(sent) -> assertThat(sent.toString()).doesNotContain(this.key.toSecret().substring(0, 42)));
		Session session = builder().sessionKey(SessionKeyPair::random).build().register(failure);
		assertThat(session.sessionKey()).hasValue(this.key.publicKey());
		assertThat(isSigned(session, this.key)).isTrue();
	}

	@Test
	void whereTheFacilitatorTakesNoKeysTheSessionHasNoneUnlessItMust() {
		this.facilitator.offering("session", "stellar:testnet", "spender", this.vector.spender())
			.registering(FakeFacilitator.created());
		assertThatExceptionOfType(SessionNotOpenedException.class)
			.isThrownBy(() -> builder().sessionKeys(SessionKeys.REQUIRED).open())
			.withMessage("nothing was signed: facilitator does not take session keys");
		assertThat(this.facilitator.registrations()).isEmpty();
		Session session = builder().open();
		assertThat(session.sessionKey()).isEmpty();
		assertThat(isProven(this.facilitator.registrations().get(0), "v1", "")).isTrue();
		assertThat(payload(session)).isEqualTo(Map.of("sessionId", FakeFacilitator.ID));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> builder().sessionKeys(SessionKeys.REQUIRED).build().restore(session.save()))
			.withMessageContaining("no key");
	}

	@Test
	void keyCanBeDoneWithout() {
		Session session = builder().sessionKeys(SessionKeys.NONE).open();
		assertThat(session.sessionKey()).isEmpty();
		assertThat(this.facilitator.registrations().get(0).sessionKey()).isNull();
	}

	@Test
	void whereKeysAreRequiredNothingIsSentForASessionWithoutOne() {
		this.facilitator.requiringKeys(this.vector.spender());
		SessionClientBuilder unkeyed = builder().sessionKeys(SessionKeys.NONE);
		assertThatExceptionOfType(SessionNotOpenedException.class).isThrownBy(unkeyed::open)
			.withMessage("nothing was signed: facilitator takes no session without a key");
		assertThat(this.rpc.calls("sendTransaction")).isZero();
		assertThat(this.facilitator.registrations()).isEmpty();
		assertThat(builder().open().sessionKey()).hasValue(this.key.publicKey());
	}

	@Test
	void savedSessionGoesOnWithItsKeyInSeveralProcesses() {
		String json = builder().open().save().toJson();
		assertThat(SavedSession.fromJson(json).toString()).doesNotContain(this.key.toSecret(), FakeFacilitator.ID);
		for (int i = 0; i < 2; i++) {
			SavedSession saved = SavedSession.fromJson(json);
			Session session = SessionClient.builder(saved).allowedOrigins(TEA).build().restore(saved);
			assertThat(session.sessionKey()).hasValue(this.key.publicKey());
			assertThat(isSigned(session, this.key)).isTrue();
		}
	}

	@Test
	void sessionThatWasSavedBeforeThereWereKeysHasNone() {
		SavedSession saved = builder().sessionKeys(SessionKeys.NONE).open().save();
		assertThat(saved.toJson()).doesNotContain("secretSessionKey");
		Session session = SessionClient.builder(saved).build().restore(SavedSession.fromJson(saved.toJson()));
		assertThat(session.sessionKey()).isEmpty();
	}

	@Test
	void savedKeyThatIsNoneIsRefusedWithoutRepeatingIt() {
		String json = builder().open().save().toJson().replace(this.key.toSecret(), "s3cret");
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> SavedSession.fromJson(json))
			.withMessageContaining("secretSessionKey")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("s3cret"));
	}

	@Test
	void publicOriginOfTheCallersWordIsSigned() {
		Session session = builder().publicOrigin(TEA, URI.create("https://public.example")).open();
		assertThat(answer(session, "https://public.example/tea")).isPresent();
		assertThat(answer(session, "https://other.example/tea")).isEmpty();
	}

	private boolean isProven(RegistrationBody sent, String version, String last) {
		String text = "x402-session:" + version + ":stellar:testnet:" + this.vector.asset() + ":"
				+ this.vector.recipient() + ":10000000:1720:" + sent.approvalTxHash() + last;
		return KeyPair.fromAccountId(this.vector.user())
			.verify(Sha256.of("Stellar Signed Message:\n" + text), Base64.getDecoder().decode(sent.proof()));
	}

	private boolean isSigned(Session session, SessionKeyPair by) {
		PaymentPayload payment = payment(answer(session, TEA.toString()).orElseThrow());
		PaymentSignature signature = SessionPayload.read(payment.payload()).signature();
		PaymentStatement statement = new PaymentStatement("stellar:testnet", this.vector.asset(),
				this.vector.recipient(), "100", session.approvalTransaction(), "GET", TEA.toString(),
				PaymentIdentifier.of(payment).orElseThrow().id(), signature.validUntil(), BodyHash.UNKNOWN);
		return signature.signature().equals(by.sign(statement.text()));
	}

	private Map<String, ?> payload(Session session) {
		return payment(answer(session, TEA.toString()).orElseThrow()).payload();
	}

	private static PaymentPayload payment(String header) {
		return PaymentHeader.decode(header, PaymentPayload.class, 8192);
	}

	private Optional<String> answer(Session session, String resource) {
		PaymentRequirements asked = new PaymentRequirements("session", "stellar:testnet", "100", this.vector.asset(),
				this.vector.recipient(), 60, Map.of());
		PaidCall call = session.payments().call("GET", TEA, (name) -> List.of()).orElseThrow();
		return call.answer(List.of(PaymentHeader
			.encode(PaymentRequired.of(null, new ResourceInfo(resource, null, null), List.of(asked)))));
	}

	private SessionClientBuilder builder() {
		return unkeyedBuilder().sessionKey(() -> this.key);
	}

	private SessionClientBuilder unkeyedBuilder() {
		return this.facilitator.client(this.vector, this.rpc).allowedOrigins(TEA);
	}

}
