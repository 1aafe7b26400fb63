package io.github.x402sessions.client;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.x402sessions.client.approval.ApprovalTimeouts;
import io.github.x402sessions.client.facilitator.RegistrationRetry;
import io.github.x402sessions.client.opening.ApprovalUnknownException;
import io.github.x402sessions.client.opening.SessionKeys;
import io.github.x402sessions.client.opening.SessionNotClosedException;
import io.github.x402sessions.client.opening.SessionNotOpenedException;
import io.github.x402sessions.client.opening.UnregisteredApprovalException;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.fixtures.AdvancingClock;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for a client whose network fails in the middle, with everything else being real.
 */
class PaidSessionFaultTests {

	private static final PaidEnvironment environment = PaidEnvironment.shared();

	private final SessionKeyPair key = SessionKeyPair.random();

	private final SessionSigner payer = environment.account();

	@AfterEach
	void mend() {
		environment.devnet.faults().clear();
	}

	@Test
	void callThatTimedOutIsChargedOnceWhenItIsMadeAgain() throws Exception {
		List<PaymentEvent> events = new CopyOnWriteArrayList<>();
		Session session = environment.client(this.payer).listener(events::add).open();
		HttpClient client = session.httpClient();
		HttpRequest.Builder order = HttpRequest.newBuilder(environment.uri("/cake"))
			.header("Idempotency-Key", "late-" + this.payer.accountId())
			.POST(HttpRequest.BodyPublishers.ofString("one slice"));
		environment.devnet.faults().pauseClosing();
		assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(
				() -> client.send(order.copy().timeout(Duration.ofMillis(500)).build(), BodyHandlers.ofString()));
		assertThat(events).hasSize(1).allSatisfy((event) -> assertThat(event).isInstanceOf(PaymentEvent.Unknown.class));
		environment.devnet.faults().resumeClosing();
		int status = client.send(order.build(), BodyHandlers.ofString()).statusCode();
		while (status == 409) {
			status = client.send(order.build(), BodyHandlers.ofString()).statusCode();
		}
		assertThat(status).isEqualTo(200);
		assertThat(session.state().spent()).isEqualTo(200_000);
		assertThat(environment.usdc(this.payer.accountId())).isEqualTo(999_800_000);
	}

	@Test
	void openingWhoseAnswersAreLostIsASessionAllTheSame() throws Exception {
		environment.devnet.faults().loseAnswers(1);
		Session session = client(Duration.ofSeconds(60)).open();
		assertThat(buy(session.httpClient())).isEqualTo(200);
	}

	@Test
	void openingThatIsSlowToShowIsOfUnknownFateAndIsRegisteredLater() throws Exception {
		environment.devnet.faults().hideTransactions(1_000_000);
		SessionClient client = client(Duration.ofSeconds(60), Duration.ofSeconds(1)).sessionKey(() -> this.key).build();
		ApprovalUnknownException unknown = catchUnknown(client);
		assertThat(unknown).hasMessageContaining("was sent and it is unknown whether it took effect")
			.hasMessageContaining(unknown.approvalTransaction());
		environment.devnet.faults().clear();
		assertThat(buy(client.register(unknown).httpClient())).isEqualTo(200);
		assertThat(buy(client.resume(unknown.approvalTransaction()).httpClient())).isEqualTo(200);
		assertThat(environment.usdc(this.payer.accountId())).isEqualTo(999_800_000);
	}

	@Test
	void approveWhoseFacilitatorIsDownIsNotGivenUp() throws Exception {
		try (Gateway gateway = Gateway.to(environment.facilitatorUrl())) {
			SessionClient client = client(Duration.ofSeconds(60)).facilitator(gateway.uri())
				.sessionKey(() -> this.key)
				.build();
			Session lost = client.open();
			gateway.refuse();
			ApprovalUnknownException unknown = catchUnknown(() -> client.resume(lost.approvalTransaction()));
			assertThat(unknown.approvalTransaction()).isEqualTo(lost.approvalTransaction());
			gateway.open();
			assertThat(client.register(unknown).id()).isEqualTo(lost.id());
		}
	}

	@Test
	void topUpThatIsLostLeavesTheOldSessionInPlace() throws Exception {
		Session session = client(Duration.ofSeconds(1)).open();
		String before = session.id();
		environment.devnet.faults().dropNextTransaction();
		assertThatExceptionOfType(SessionNotOpenedException.class).isThrownBy(() -> session.topUp("1.00"))
			.withMessageContaining("took no effect");
		assertThat(session.id()).isEqualTo(before);
		assertThat(buy(session.httpClient())).isEqualTo(200);
		session.topUp("1.00");
		assertThat(session.cap()).isEqualTo(19_900_000);
		assertThat(buy(session.httpClient())).isEqualTo(200);
	}

	@Test
	void topUpOfUnknownFateGoesOnWhereItStopped() throws Exception {
		Session session = client(Duration.ofSeconds(60), Duration.ofSeconds(1)).open();
		environment.devnet.faults().hideTransactions(1_000_000);
		UnregisteredApprovalException unknown = catchUnknown(() -> session.topUp("1.00"));
		environment.devnet.faults().clear();
		session.resume(unknown);
		assertThat(session.cap()).isEqualTo(20_000_000);
		assertThat(buy(session.httpClient())).isEqualTo(200);
	}

	@Test
	void closingThatIsLostSaysThatTheAllowanceStandsAndCanBeTriedAgain() throws Exception {
		Session session = client(Duration.ofSeconds(1)).open();
		SavedSession saved = session.save();
		environment.devnet.faults().dropNextTransaction();
		assertThatExceptionOfType(SessionNotClosedException.class).isThrownBy(session::close)
			.withMessageContaining("the allowance stands");
		assertThat(buy(session.httpClient())).isEqualTo(402);
		session.close();
		Session thief = client(Duration.ofSeconds(1)).build().restore(saved);
		assertThat(buy(thief.httpClient())).isEqualTo(402);
		assertThat(environment.usdc(this.payer.accountId())).isEqualTo(1_000_000_000);
	}

	@Test
	void closingOfUnknownFateSaysSo() {
		Session session = client(Duration.ofSeconds(60), Duration.ofSeconds(1)).open();
		environment.devnet.faults().hideTransactions(1_000_000);
		assertThatExceptionOfType(SessionNotClosedException.class).isThrownBy(session::close)
			.withMessageContaining("it is unknown whether it took the allowance back");
	}

	@Test
	void renewalThatFailsIsTriedAgainWhileTheOldSessionGoesOn() throws Exception {
		LinkedBlockingQueue<PaymentEvent> events = new LinkedBlockingQueue<>();
		AdvancingClock clock = AdvancingClock.running();
		try (Gateway gateway = Gateway.to(environment.devnet.rpcUri())) {
			// A payment that is signed in the future is refused.
			Session session = client(Duration.ofSeconds(60)).rpc(gateway.uri())
				.clock(clock)
				.sessionKeys(SessionKeys.NONE)
				.cap("0.10")
				.renewUpTo("0.20")
				.listener((event) -> keep(events, event))
				.open();
			HttpClient client = session.httpClient();
			gateway.refuse();
			clock.advance(Duration.ofMinutes(55));
			assertThat(buy(client)).isEqualTo(200);
			assertThat(Eventually.next(events)).isInstanceOfSatisfying(PaymentEvent.NotRenewed.class,
					(failure) -> assertThat(failure.why()).contains("nothing was signed"));
			String before = session.id();
			assertThat(buy(client)).isEqualTo(200);
			gateway.open();
			clock.advance(Duration.ofMinutes(1));
			assertThat(buy(client)).isEqualTo(200);
			assertThat(Eventually.next(events)).isInstanceOf(PaymentEvent.Renewed.class);
			assertThat(session.id()).isNotEqualTo(before);
			assertThat(buy(client)).isEqualTo(200);
			assertThat(environment.usdc(this.payer.accountId())).isEqualTo(999_600_000);
		}
	}

	private static void keep(LinkedBlockingQueue<PaymentEvent> events, PaymentEvent event) {
		if (event instanceof PaymentEvent.Renewed || event instanceof PaymentEvent.NotRenewed) {
			events.add(event);
		}
	}

	private SessionClientBuilder client(Duration validity) {
		return client(validity, Duration.ofSeconds(30));
	}

	private SessionClientBuilder client(Duration validity, Duration giveUpAfter) {
		return environment.client(this.payer)
			.rpc(environment.devnet.rpcUri())
			.waiting(new ApprovalTimeouts(validity, giveUpAfter, Duration.ofMillis(20)),
					new RegistrationRetry(5, Duration.ofMillis(50)));
	}

	private static ApprovalUnknownException catchUnknown(SessionClient client) {
		return catchUnknown(client::open);
	}

	private static ApprovalUnknownException catchUnknown(Runnable action) {
		try {
			action.run();
		}
		catch (ApprovalUnknownException ex) {
			return ex;
		}
		throw new AssertionError("nothing was unknown");
	}

	private static int buy(HttpClient client) throws Exception {
		return client.send(HttpRequest.newBuilder(environment.uri("/tea")).build(), BodyHandlers.ofString())
			.statusCode();
	}

}
