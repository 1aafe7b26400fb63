package io.github.x402sessions.client;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.x402sessions.client.approval.ApprovalTimeouts;
import io.github.x402sessions.client.facilitator.RegistrationBody;
import io.github.x402sessions.client.facilitator.RegistrationRetry;
import io.github.x402sessions.client.opening.ApprovalUnknownException;
import io.github.x402sessions.client.opening.SessionNotClosedException;
import io.github.x402sessions.client.opening.SessionNotOpenedException;
import io.github.x402sessions.client.opening.SessionNotRegisteredException;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.facilitator.FacilitatorProtocolException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.DeferralStatus;
import io.github.x402sessions.stellar.ApproveVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SessionClient}: every step of an opening, and what a failure says
 * about the money.
 */
class SessionClientTests {

	private static final Map<String, ?> SUCCESS = Map.of("status", "SUCCESS", "ledger", 1001);

	private final ApproveVector vector = ApproveVector.read();

	private final FakeRpc rpc = new FakeRpc().ready(this.vector)
		.on("sendTransaction", Map.of("status", "PENDING"))
		.on("getTransaction", SUCCESS);

	private final FakeFacilitator facilitator = new FakeFacilitator()
		.offering("session", "stellar:testnet", "spender", this.vector.spender())
		.registering(FakeFacilitator.created());

	@AfterEach
	void stop() {
		this.rpc.close();
		this.facilitator.close();
	}

	@Test
	void opensASession() {
		Session session = builder().open();
		assertThat(session.id()).isEqualTo(FakeFacilitator.ID);
		assertThat(session.user()).isEqualTo(this.vector.user());
		assertThat(session.spender()).isEqualTo(this.vector.spender());
		assertThat(session.recipient()).isEqualTo(this.vector.recipient());
		assertThat(session.asset()).isEqualTo(new Asset(this.vector.asset(), 7));
		assertThat(session.cap()).isEqualTo(10_000_000);
		assertThat(session.expirationLedger()).isEqualTo(1720);
		assertThat(session.network()).isEqualTo(Network.STELLAR_TESTNET);
		assertThat(session.facilitator()).isEqualTo(this.facilitator.uri());
		assertThat(session.approvalTransaction()).matches("[0-9a-f]{64}");
		assertThat(session.toString()).doesNotContain(FakeFacilitator.ID)
			.contains("cap=1 " + this.vector.asset() + ",");
	}

	@Test
	void registersWithTheTermsAndAProofOfTheOwner() throws Exception {
		Session session = builder().open();
		RegistrationBody sent = this.facilitator.registrations().get(0);
		assertThat(sent)
			.isEqualTo(new RegistrationBody(session.approvalTransaction(), this.vector.user(), this.vector.asset(),
					this.vector.recipient(), "10000000", 1720, "stellar:testnet", sent.proof(), null, null));
		String text = "Stellar Signed Message:\nx402-session:v1:stellar:testnet:" + this.vector.asset() + ":"
				+ this.vector.recipient() + ":10000000:1720:" + session.approvalTransaction();
		assertThat(sent.toString()).contains(session.approvalTransaction()).doesNotContain(sent.proof());
		byte[] hash = Sha256.of(text);
		assertThat(KeyPair.fromAccountId(this.vector.user()).verify(hash, Base64.getDecoder().decode(sent.proof())))
			.isTrue();
	}

	@Test
	void facilitatorMayNameItsAccountByTheOtherName() {
		this.facilitator.offering("session", "stellar:testnet", "facilitatorAddress", this.vector.spender());
		assertThat(builder().open().spender()).isEqualTo(this.vector.spender());
	}

	@Test
	void nothingIsSignedWhereTheFacilitatorHasNoSessions() {
		this.facilitator.offering("exact", "stellar:testnet", "spender", this.vector.spender());
		assertNotOpened(builder(), "nothing was signed: facilitator does not offer the scheme 'session'");
		this.facilitator.offering("session", "stellar:testnet", "spender", "nobody");
		assertNotOpened(builder(), "nothing was signed: facilitator does not name the account");
		SessionClientBuilder builder = builder();
		this.facilitator.close();
		assertNotOpened(builder, "nothing was signed: facilitator gave no answer to /supported");
		assertThat(this.rpc.calls("sendTransaction")).isZero();
	}

	@Test
	void nothingIsSignedWhereTheChainSaysNo() {
		this.rpc.refuse("simulateTransaction", "too busy");
		assertNotOpened(builder(), "nothing was signed: RPC server");
		assertThat(this.rpc.calls("sendTransaction")).isZero();
	}

	@Test
	void nothingIsSentWhereTheSignerDoesNotSign() {
		assertNotOpened(builder().signer(new BrokenSigner(0)), "nothing was sent: the signer did not sign the proof");
		assertNotOpened(builder().signer(new BrokenSigner(1)),
				"nothing was sent: the signer did not sign the approval");
		assertThat(this.rpc.calls("sendTransaction")).isZero();
	}

	@Test
	void refusedApproveSaysThatItTookNoEffect() {
		this.rpc.on("getLedgerEntries", account(this.vector.accountEntry()), account(this.vector.usedAccountEntry()));
		this.rpc.on("getTransaction", Map.of("status", "NOT_FOUND"));
		this.rpc.on("sendTransaction", Map.of("status", "ERROR", "errorResultXdr", this.vector.badSequence()));
		assertNotOpened(builder(), "took no effect: the network refused it: txBAD_SEQ");
		assertThat(this.facilitator.registrations()).isEmpty();
	}

	@Test
	void lostApproveNamesItsTransaction() {
		this.rpc.refuse("getTransaction", "busy");
		assertThatExceptionOfType(ApprovalUnknownException.class)
			.isThrownBy(
					() -> builder()
						.waiting(new ApprovalTimeouts(Duration.ofSeconds(60), Duration.ZERO, Duration.ofMillis(1)),
								RegistrationRetry.DEFAULT)
						.open())
			.satisfies((ex) -> assertThat(ex.getMessage()).contains(ex.approvalTransaction()).contains("busy"));
	}

	@Test
	void registrationIsRepeatedWhileTheFacilitatorIsNotAvailable() {
		this.facilitator.registering(WireMock.serverError(), WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE),
				FakeFacilitator.created());
		assertThat(builder().open().id()).isEqualTo(FakeFacilitator.ID);
		assertThat(this.facilitator.registrations()).hasSize(3);
		assertThat(this.facilitator.registrations().stream().distinct()).hasSize(1);
	}

	@Test
	void approveThatCannotBeRegisteredNamesItsTransaction() {
		this.facilitator.registering(WireMock.serverError());
		assertNotRegistered("status 500", 3);
		this.facilitator.registering(WireMock.jsonResponse("{\"error\":\"recipient_not_allowed\"}", 400));
		assertNotRegistered("status 400: recipient_not_allowed", 1);
		this.facilitator.registering(WireMock.status(403));
		assertNotRegistered("status 403", 1);
		this.facilitator.registering(WireMock.okJson("{}"));
		assertNotRegistered("'sessionId' is missing", 1);
		this.facilitator.registering(WireMock.okJson("{\"sessionId\":\"x\",\"cap\":\"1\"}"));
		assertNotRegistered("registered with other terms", 1);
	}

	@Test
	void interruptedRegistrationIsNotRepeated() {
		RegistrationRetry retry = new RegistrationRetry(3, Duration.ofMinutes(1));
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(FacilitatorUnavailableException.class).isThrownBy(() -> retry.call(() -> {
			throw new FacilitatorUnavailableException("down", null);
		}));
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void stateIsTheFacilitators() {
		Session session = builder().open();
		this.facilitator.state(WireMock.okJson("{\"cap\":\"10000000\",\"spent\":\"100000\",\"remaining\":\"9900000\","
				+ "\"expirationLedger\":1720,\"status\":\"active\",\"committed\":\"3\",\"owed\":\"9900000\"}"));
		assertThat(session.state()).isEqualTo(new SessionState(BigInteger.valueOf(10_000_000),
				BigInteger.valueOf(100_000), BigInteger.valueOf(9_900_000), 1720, "active", BigInteger.valueOf(3),
				BigInteger.valueOf(9_900_000)));
		this.facilitator.state(WireMock.okJson("{\"cap\":\"10\",\"spent\":\"4\",\"expirationLedger\":1720}"));
		assertThat(session.state().remaining()).isEqualTo(6);
	}

	@Test
	void nothingIsSignedToCloseASessionThatOwesNobodyKnowsWhat() {
		Session session = builder().open();
		int sent = this.rpc.calls("sendTransaction");
		this.facilitator.state(WireMock.serverError());
		assertThatExceptionOfType(SessionNotClosedException.class).isThrownBy(session::close)
			.withMessageContaining("nothing was signed");
		assertThat(this.rpc.calls("sendTransaction")).isEqualTo(sent);
	}

	@Test
	void whatBecameOfACommitmentIsTheFacilitators() {
		String commitment = "cmt_MTIzNDU2Nzg5MGFiY2RlZg";
		Session session = builder().open();
		assertThat(session.settlement(commitment)).isEmpty();
		this.facilitator.settlement(commitment, "{\"status\":\"committed\",\"amount\":\"7\"}");
		assertThat(session.settlement(commitment))
			.hasValue(new DeferredPayment(DeferralStatus.COMMITTED, null, null, BigInteger.valueOf(7)));
		String hash = "ab".repeat(32);
		this.facilitator.settlement(commitment,
				"{\"status\":\"written_off\",\"transaction\":\"" + hash + "\",\"ledger\":9,\"amount\":\"7\"}");
		assertThat(session.settlement(commitment))
			.hasValue(new DeferredPayment(DeferralStatus.WRITTEN_OFF, hash, 9L, BigInteger.valueOf(7)));
		for (String nonsense : List.of("{\"status\":\"new\",\"amount\":\"7\"}", "{\"status\":\"confirmed\"}")) {
			this.facilitator.settlement(commitment, nonsense);
			assertThatExceptionOfType(FacilitatorProtocolException.class)
				.isThrownBy(() -> session.settlement(commitment));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> session.settlement("../sessions/x"));
	}

	@Test
	void stateThatIsNoneNeverShowsTheId() {
		Session session = builder().open();
		this.facilitator.state(WireMock.notFound());
		assertThatExceptionOfType(SessionNotFoundException.class).isThrownBy(session::state);
		this.facilitator.state(WireMock.okJson("{\"cap\":\"ten\",\"spent\":\"4\",\"expirationLedger\":1720}"));
		assertThatExceptionOfType(FacilitatorProtocolException.class).isThrownBy(session::state)
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("'cap'").doesNotContain(FakeFacilitator.ID));
		this.facilitator.close();
		assertThatExceptionOfType(FacilitatorUnavailableException.class).isThrownBy(session::state)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(FakeFacilitator.ID));
	}

	@Test
	void httpClientNeedsAnAllowedOrigin() {
		assertThatIllegalStateException().isThrownBy(() -> builder().open().httpClient())
			.withMessageContaining("allowedOrigins");
		assertThat(builder().allowedOrigins(URI.create("https://api.example")).open().httpClient().connectTimeout())
			.hasValue(Duration.ofSeconds(5));
	}

	private void assertNotOpened(SessionClientBuilder builder, String reason) {
		assertThatExceptionOfType(SessionNotOpenedException.class).isThrownBy(builder::open)
			.withMessageContaining(reason);
	}

	private void assertNotRegistered(String reason, int attempts) {
		int before = this.facilitator.registrations().size();
		assertThatExceptionOfType(SessionNotRegisteredException.class).isThrownBy(() -> builder().open())
			.withMessageContaining(reason)
			.satisfies((ex) -> assertThat(ex.getMessage()).contains(ex.approvalTransaction()));
		assertThat(this.facilitator.registrations()).hasSize(before + attempts);
	}

	private SessionClientBuilder builder() {
		return this.facilitator.client(this.vector, this.rpc);
	}

	/** Signs a few times and then no more. */
	private static final class BrokenSigner implements SessionSigner {

		private final SessionSigner signer = SessionSigner.ofSecret(ApproveVector.read().userSecret());

		private int left;

		private BrokenSigner(int left) {
			this.left = left;
		}

		@Override
		public String accountId() {
			return this.signer.accountId();
		}

		@Override
		public byte[] sign(byte[] hash) {
			if (this.left-- == 0) {
				throw new IllegalStateException("HSM says no");
			}
			return this.signer.sign(hash);
		}

	}

	private Map<String, ?> account(String entry) {
		return FakeRpc.account(this.vector, entry);
	}

}
