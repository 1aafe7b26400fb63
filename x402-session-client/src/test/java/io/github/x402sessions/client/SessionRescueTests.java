package io.github.x402sessions.client;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.x402sessions.client.approval.ApprovalTimeouts;
import io.github.x402sessions.client.approval.SentApproval;
import io.github.x402sessions.client.facilitator.RegistrationRetry;
import io.github.x402sessions.client.opening.ApprovalUnknownException;
import io.github.x402sessions.client.opening.SessionNotOpenedException;
import io.github.x402sessions.client.opening.SessionNotRegisteredException;
import io.github.x402sessions.client.opening.UnregisteredApprovalException;
import io.github.x402sessions.stellar.ApproveVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link SessionClient#register}: an approval that was paid for is not lost.
 */
class SessionRescueTests {

	private static final Map<String, ?> SUCCESS = Map.of("status", "SUCCESS", "ledger", 1001);

	private static final Map<String, ?> TOO_LATE = Map.of("status", "NOT_FOUND", "latestLedgerCloseTime", "1900000000");

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
	void approveThatWasNotRegisteredIsRegisteredLater() {
		UnregisteredApprovalException failure = unregistered();
		this.facilitator.registering(FakeFacilitator.created());
		Session session = client("1.00").register(failure);
		assertThat(session.id()).isEqualTo(FakeFacilitator.ID);
		assertThat(session.approvalTransaction()).isEqualTo(failure.approvalTransaction());
		assertThat(session.spender()).isEqualTo(this.vector.spender());
		assertThat(this.facilitator.registrations()).hasSize(2);
		assertThat(this.facilitator.registrations().stream().distinct()).hasSize(1);
		assertThat(this.rpc.calls("sendTransaction")).isEqualTo(1);
	}

	@Test
	void failureCanBeTriedAgainAsOftenAsNeeded() {
		UnregisteredApprovalException failure = unregistered();
		UnregisteredApprovalException again = catchThrowableOfType(SessionNotRegisteredException.class,
				() -> client("1.00").register(failure));
		this.facilitator.registering(FakeFacilitator.created());
		assertThat(client("1.00").register(again).approvalTransaction()).isEqualTo(failure.approvalTransaction());
	}

	@Test
	void approveOfUnknownFateIsLookedUpFirst() {
		UnregisteredApprovalException failure = unknown();
		int looks = this.rpc.calls("getTransaction");
		this.rpc.on("getTransaction", SUCCESS);
		assertThat(client("1.00").register(failure).id()).isEqualTo(FakeFacilitator.ID);
		assertThat(this.rpc.calls("getTransaction")).isEqualTo(looks + 1);
		assertThat(this.rpc.calls("sendTransaction")).isEqualTo(1);
	}

	@Test
	void approveThatNeverLandedIsNotRegistered() {
		UnregisteredApprovalException failure = unknown();
		this.rpc.on("getTransaction", TOO_LATE);
		assertThatExceptionOfType(SessionNotOpenedException.class).isThrownBy(() -> client("1.00").register(failure))
			.withMessageContaining("no ledger took it");
		assertThat(this.facilitator.registrations()).isEmpty();
	}

	@Test
	void approveWhoseFateStaysUnknownIsNotRegistered() {
		UnregisteredApprovalException failure = unknown();
		assertThatExceptionOfType(ApprovalUnknownException.class).isThrownBy(() -> client("1.00").register(failure))
			.satisfies((ex) -> assertThat(ex.approvalTransaction()).isEqualTo(failure.approvalTransaction()));
		assertThat(this.facilitator.registrations()).isEmpty();
	}

	@Test
	void clientWithOtherSettingsMakesNoSessionOfIt() {
		UnregisteredApprovalException failure = unregistered();
		assertThatIllegalArgumentException().isThrownBy(() -> client("2.00").register(failure))
			.withMessageContaining("other settings");
	}

	@Test
	void whatIsKeptShowsNeitherProofNorSignature() {
		SentApproval sent = unregistered().sent().orElseThrow();
		assertThat(sent.registration().proof()).isNotBlank();
		assertThat(sent.toString()).contains(sent.hash(), this.vector.user(), "cap=10000000 base units of ")
			.doesNotContain(sent.registration().proof(), sent.approval().envelope());
		assertThat(sent.approval().toString()).contains(sent.hash()).doesNotContain(sent.approval().envelope());
	}

	private UnregisteredApprovalException unregistered() {
		this.facilitator.registering(WireMock.status(400));
		return catchThrowableOfType(SessionNotRegisteredException.class, () -> client("1.00").open());
	}

	private UnregisteredApprovalException unknown() {
		this.rpc.refuse("getTransaction", "busy");
		return catchThrowableOfType(ApprovalUnknownException.class, () -> client("1.00").open());
	}

	private SessionClient client(String cap) {
		return this.facilitator.client(this.vector, this.rpc)
			.cap(cap)
			.allowedOrigins(URI.create("https://api.example"))
			.waiting(new ApprovalTimeouts(Duration.ofSeconds(60), Duration.ZERO, Duration.ofMillis(1)),
					new RegistrationRetry(1, Duration.ofMillis(1)))
			.build();
	}

}
