package io.github.x402sessions.client;

import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.client.opening.OpeningStep;
import io.github.x402sessions.client.opening.SessionKeys;
import io.github.x402sessions.client.opening.SessionNotOpenedException;
import io.github.x402sessions.client.opening.SessionNotRegisteredException;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.client.payment.session.SessionBalance;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the client with everything else being real: ledger, facilitator, filter.
 */
class PaidSessionTests {

	private static final PaidEnvironment environment = PaidEnvironment.shared();

	private final SessionSigner payer = environment.account();

	@Test
	void opensWithoutAnRpcServerPaysAndTellsEveryStep() throws Exception {
		List<OpeningStep> steps = new CopyOnWriteArrayList<>();
		Session session = environment.client(this.payer).progress((step, approval) -> steps.add(step)).open();
		HttpResponse<String> tea = buy(session, "/tea");
		assertThat(tea.statusCode()).isEqualTo(200);
		assertThat(PaymentReceipt.from(tea)).get().satisfies((receipt) -> {
			assertThat(receipt.amount()).isEqualTo(100_000);
			assertThat(SessionBalance.of(receipt).remaining()).isEqualTo(9_900_000);
			assertThat(receipt.transaction()).hasSize(64);
		});
		assertThat(session.remaining()).isEqualTo(9_900_000);
		assertThat(environment.usdc(this.payer.accountId())).isEqualTo(999_900_000);
		assertThat(steps).containsExactly(OpeningStep.values());
	}

	@Test
	void walletThatSignsOnlyWhatItUnderstandsWillDo() throws Exception {
		SessionSigner inner = this.payer;
		SessionSigner wallet = new SessionSigner() {
			@Override
			public String accountId() {
				return inner.accountId();
			}

			@Override
			public byte[] sign(byte[] hash) {
				throw new UnsupportedOperationException("a wallet signs no hashes");
			}

			@Override
			public String signTransaction(String envelope, String passphrase) {
				return inner.signTransaction(envelope, passphrase);
			}

			@Override
			public byte[] signMessage(String message) {
				assertThat(message).matches("x402-session:v[12]:stellar:testnet:.*");
				return inner.signMessage(message);
			}
		};
		assertThat(buy(environment.client(wallet).open(), "/tea").statusCode()).isEqualTo(200);
		assertThatIllegalArgumentException().isThrownBy(() -> SessionSigner.of("GNONE", inner::sign))
			.withMessageContaining("is not an account");
		KeyPair pair = KeyPair.random();
		environment.fund(pair.getAccountId());
		assertThat(
				buy(environment.client(SessionSigner.of(pair.getAccountId(), pair::sign)).open(), "/tea").statusCode())
			.isEqualTo(200);
	}

	@Test
	void sessionsOfOneAllowanceLeaveEachOtherAlone() throws Exception {
		Session first = environment.client(this.payer).open();
		Session viaChain = environment.client(this.payer).rpc(environment.devnet.rpcUri()).cap("0.50").open();
		Session third = environment.client(this.payer).cap("0.05").open();
		for (Session session : List.of(first, viaChain, third)) {
			assertThat(buy(session, "/tea").statusCode()).isEqualTo(200);
			assertThat(session.state().isActive()).isTrue();
		}
	}

	@Test
	void approveThatWasRegisteredWithoutAKeyIsResumedWithoutOne() {
		Session early = environment.client(this.payer)
			.sessionKeys(SessionKeys.NONE)
			.rpc(environment.devnet.rpcUri())
			.open();
		SessionClientBuilder now = environment.client(this.payer).rpc(environment.devnet.rpcUri());
		Session found = now.build().resume(early.approvalTransaction());
		assertThat(found.id()).isEqualTo(early.id());
		assertThat(found.sessionKey()).isEmpty();
		SessionClient strict = now.sessionKeys(SessionKeys.REQUIRED).build();
		assertThatExceptionOfType(SessionNotRegisteredException.class)
			.isThrownBy(() -> strict.resume(early.approvalTransaction()))
			.withMessageContaining("another 'sessionKey', or none");
	}

	@Test
	void approveOfAProcessThatIsGoneIsResumedByItsHash() throws Exception {
		SessionKeyPair key = SessionKeyPair.random();
		Session lost = environment.client(this.payer).sessionKey(() -> key).rpc(environment.devnet.rpcUri()).open();
		SessionClient client = environment.client(this.payer)
			.sessionKey(() -> key)
			.rpc(environment.devnet.rpcUri())
			.build();
		Session found = client.resume(lost.approvalTransaction());
		assertThat(found.id()).isEqualTo(lost.id());
		assertThat(found.expirationLedger()).isEqualTo(lost.expirationLedger());
		assertThat(buy(found, "/tea").statusCode()).isEqualTo(200);
		assertThatIllegalArgumentException().isThrownBy(() -> client.resume("x")).withMessageContaining("64 hex");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> environment.client(environment.account())
				.rpc(environment.devnet.rpcUri())
				.build()
				.resume(lost.approvalTransaction()))
			.withMessageContaining("payer");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> environment.client(this.payer)
				.cap("2.00")
				.rpc(environment.devnet.rpcUri())
				.build()
				.resume(lost.approvalTransaction()))
			.withMessageContaining("cap");
	}

	@Test
	void topUpGoesOnWithWhatIsLeftAndMore() throws Exception {
		Session session = environment.client(this.payer).cap("0.02").open();
		HttpClient client = session.httpClient();
		String before = session.id();
		assertThat(buy(client, "/tea").statusCode()).isEqualTo(200);
		assertThat(buy(client, "/cake").statusCode()).isEqualTo(402);
		session.topUp("0.01");
		assertThat(session.cap()).isEqualTo(200_000);
		assertThat(session.id()).isNotEqualTo(before);
		assertThat(buy(client, "/cake").statusCode()).isEqualTo(200);
		assertThat(session.remaining()).isZero();
		assertThat(environment.usdc(this.payer.accountId())).isEqualTo(999_700_000);
	}

	@Test
	void closedSessionPaysNothingAndItsAllowanceIsGone() throws Exception {
		Session session = environment.client(this.payer).rpc(environment.devnet.rpcUri()).open();
		SavedSession stolen = session.save();
		session.close();
		assertThat(buy(session, "/tea").statusCode()).isEqualTo(402);
		Session thief = environment.client(this.payer).build().restore(stolen);
		assertThat(buy(thief, "/tea").statusCode()).isEqualTo(402);
		assertThat(environment.usdc(this.payer.accountId())).isEqualTo(1_000_000_000);
	}

	@Test
	void facilitatorTakesTheAllowanceBackAsFarAsNoOtherSessionNeedsIt() throws Exception {
		Session older = environment.client(this.payer).cap("0.10").open();
		Session newer = environment.client(this.payer).cap("0.05").open();
		newer.close();
		assertThat(newer.state().status()).isEqualTo("closed");
		assertThat(environment.allowance(this.payer.accountId(), older.spender())).isEqualTo(1_000_000);
		assertThat(buy(older, "/tea").statusCode()).isEqualTo(200);
		older.close();
		assertThat(environment.allowance(this.payer.accountId(), older.spender())).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void allowanceIsTakenBackAfterTheTrustlineIsGone(boolean withChain) throws Exception {
		SessionClientBuilder client = environment.client(this.payer);
		Session session = (withChain ? client.rpc(environment.devnet.rpcUri()) : client).open();
		environment.leave(this.payer);
		session.close();
		assertThat(environment.allowance(this.payer.accountId(), session.spender())).isZero();
	}

	@Test
	void closedSessionEndsAtTheFacilitatorAndLeavesAnOlderOneAlone() throws Exception {
		Session older = environment.client(this.payer).rpc(environment.devnet.rpcUri()).cap("0.10").open();
		Session newer = environment.client(this.payer).rpc(environment.devnet.rpcUri()).cap("0.05").open();
		SavedSession replaced = newer.save();
		newer.topUp("0.01");
		newer.close();
		assertThat(newer.state().status()).isEqualTo("closed");
		assertThat(environment.client(this.payer).build().restore(replaced).state().status()).isEqualTo("closed");
		assertThat(older.state().status()).isEqualTo("active");
		assertThat(buy(older, "/tea").statusCode()).isEqualTo(200);
	}

	@Test
	void shortSessionLeavesALongOneItsTime() throws Exception {
		Session longer = environment.client(this.payer).open();
		SessionClientBuilder shorter = environment.client(this.payer).expiresIn(Duration.ofMinutes(10));
		Session quoted = shorter.open();
		Session viaChain = shorter.rpc(environment.devnet.rpcUri()).open();
		for (Session session : List.of(quoted, viaChain)) {
			assertThat(session.expirationLedger()).isEqualTo(longer.expirationLedger());
			assertThat(session.expiresAt()).as("as asked for").isBefore(longer.expiresAt());
		}
		viaChain.close();
		assertThat(longer.state().expirationLedger()).isEqualTo(longer.expirationLedger());
		assertThat(buy(longer, "/tea").statusCode()).isEqualTo(200);
	}

	@Test
	void savedSessionGoesOnInAnotherProcess() throws Exception {
		Session session = environment.client(this.payer).open();
		buy(session, "/tea");
		String json = session.save().toJson();
		SavedSession saved = SavedSession.fromJson(json);
		Session restored = SessionClient.builder(saved).allowedOrigins(environment.uri("/")).build().restore(saved);
		assertThat(buy(restored, "/tea").statusCode()).isEqualTo(200);
		assertThat(restored.remaining()).isEqualTo(9_800_000);
		assertThat(restored.expiresAt()).isBetween(session.expiresAt().minusSeconds(1), session.expiresAt());
		assertThatExceptionOfType(SessionNotOpenedException.class).isThrownBy(() -> restored.topUp("1.00"))
			.withMessageContaining("the signer did not sign");
		assertThat(json).contains("\"secretSessionId\":\"" + session.id());
		assertThat(SavedSession.fromJson(json).toString()).contains("cap=1 USDC").doesNotContain(session.id());
		assertThat(session.toString()).contains("cap=1 USDC").doesNotContain(session.id());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> environment.client(environment.account()).build().restore(SavedSession.fromJson(json)))
			.withMessageContaining("another user");
	}

	@Test
	void sessionRenewsItselfUpToTheTotalAndNoFurther() throws Exception {
		LinkedBlockingQueue<PaymentEvent> events = new LinkedBlockingQueue<>();
		Session session = environment.client(this.payer)
			.cap("0.10")
			.renewUpTo("0.15")
			.listener((event) -> addEvent(events, event))
			.open();
		HttpClient client = session.httpClient();
		List<Integer> answers = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			answers.add(buy(client, "/tea").statusCode());
		}
		assertThat(Eventually.next(events)).isInstanceOfSatisfying(PaymentEvent.Renewed.class,
				(renewed) -> assertThat(renewed.cap()).isEqualTo(500_000));
		for (int i = 0; i < 10; i++) {
			answers.add(buy(client, "/tea").statusCode());
		}
		assertThat(Eventually.next(events)).isInstanceOf(PaymentEvent.NotRenewed.class);
		assertThat(answers).filteredOn((status) -> status == 200).hasSize(15);
		assertThat(environment.usdc(this.payer.accountId())).isEqualTo(998_500_000);
	}

	@Test
	void renewalWhileCallsGoOnNeverExceedsTheTotal() throws Exception {
		Session session = environment.client(this.payer).cap("0.10").renewUpTo("0.25").open();
		HttpClient client = session.httpClient();
		ExecutorService callers = Executors.newFixedThreadPool(4);
		try {
			AtomicInteger bought = new AtomicInteger();
			List<Future<?>> calls = new ArrayList<>();
			for (int i = 0; i < 80; i++) {
				calls.add(callers.submit(() -> {
					if (buy(client, "/tea").statusCode() == 200) {
						bought.incrementAndGet();
					}
					return null;
				}));
			}
			for (Future<?> call : calls) {
				call.get(60, TimeUnit.SECONDS);
			}
			assertThat(bought.get()).isBetween(10, 25);
			assertThat(environment.usdc(this.payer.accountId())).isEqualTo(1_000_000_000 - bought.get() * 100_000L);
		}
		finally {
			callers.shutdownNow();
		}
	}

	@Test
	void namedCallRepeatedAfterATopUpIsChargedOnce() throws Exception {
		Session session = environment.client(this.payer).open();
		HttpRequest order = HttpRequest.newBuilder(environment.uri("/cake"))
			.header("Idempotency-Key", "topped-up-" + this.payer.accountId())
			.POST(HttpRequest.BodyPublishers.ofString("one slice"))
			.build();
		HttpClient client = session.httpClient();
		assertThat(client.send(order, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		session.topUp("1.00");
		assertThat(client.send(order, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		assertThat(environment.usdc(this.payer.accountId())).isEqualTo(999_800_000);
		assertThat(buy(client, "/tea").statusCode()).isEqualTo(200);
		assertThat(environment.usdc(this.payer.accountId())).isEqualTo(999_700_000);
	}

	@Test
	void walletOpensWhatItNeedsWithinItsTotal() throws Exception {
		SessionWallet wallet = new SessionWallet("0.15",
				(recipient) -> environment.client(this.payer)
					.rpc(environment.devnet.rpcUri())
					.recipient(recipient)
					.cap("0.10"));
		HttpClient client = wallet.httpClient();
		assertThat(wallet.sessions()).isEmpty();
		assertThat(buy(client, "/tea").statusCode()).isEqualTo(200);
		assertThat(buy(client, "/cake").statusCode()).isEqualTo(200);
		assertThat(wallet.sessions()).containsOnlyKeys(environment.merchant);
		assertThat(wallet.uncommitted()).isEqualTo(500_000);
		assertThat(environment.usdc(this.payer.accountId())).isEqualTo(999_700_000);

		SessionWallet restored = new SessionWallet("0.15",
				(recipient) -> environment.client(this.payer)
					.rpc(environment.devnet.rpcUri())
					.recipient(recipient)
					.cap("0.10"));
		SavedSession saved = wallet.save().get(0);
		restored.restore(saved);
		assertThatIllegalArgumentException().isThrownBy(() -> restored.restore(saved));
		assertThat(buy(restored.httpClient(), "/tea").statusCode()).isEqualTo(200);
		assertThat(restored.toString()).doesNotContain(saved.secretSessionId());

		SessionWallet poor = new SessionWallet("0.05",
				(recipient) -> environment.client(this.payer)
					.rpc(environment.devnet.rpcUri())
					.recipient(recipient)
					.cap("0.10"));
		assertThat(buy(poor.httpClient(), "/tea").statusCode()).isEqualTo(402);
		assertThatIllegalArgumentException().isThrownBy(() -> poor.restore(saved))
			.withMessage("the session's cap, 0.1 USDC, is more than the wallet's total leaves, 0.05 USDC");
		assertThat(poor.sessions()).isEmpty();

		wallet.close();
		assertThat(wallet.sessions()).isEmpty();
		assertThat(wallet.uncommitted()).isEqualTo(1_500_000);
	}

	private static void addEvent(LinkedBlockingQueue<PaymentEvent> events, PaymentEvent event) {
		if (event instanceof PaymentEvent.Renewed || event instanceof PaymentEvent.NotRenewed) {
			events.add(event);
		}
	}

	@Test
	void callRepeatedWithItsKeyIsChargedOnce() throws Exception {
		Session session = environment.client(this.payer).open();
		HttpRequest order = HttpRequest.newBuilder(environment.uri("/cake"))
			.header("Idempotency-Key", "order-" + this.payer.accountId())
			.POST(HttpRequest.BodyPublishers.ofString("one slice"))
			.build();
		HttpResponse<String> first = session.httpClient().send(order, BodyHandlers.ofString());
		HttpResponse<String> again = session.httpClient().send(order, BodyHandlers.ofString());
		assertThat(List.of(first.statusCode(), again.statusCode())).containsExactly(200, 200);
		assertThat(again.body()).isEqualTo(first.body());
		assertThat(session.state().spent()).isEqualTo(200_000);
		assertThat(environment.usdc(this.payer.accountId())).isEqualTo(999_800_000);
	}

	@Test
	void sixtyFourThreadsOnOneSessionKeepExactBooks() throws Exception {
		List<PaymentEvent> events = new CopyOnWriteArrayList<>();
		Session session = environment.client(this.payer).cap("0.48").prepaying().listener(events::add).open();
		HttpClient client = session.httpClient();
		ExecutorService threads = Executors.newFixedThreadPool(64);
		List<Future<HttpResponse<String>>> calls = new ArrayList<>();
		for (int i = 0; i < 64; i++) {
			calls.add(threads.submit(() -> buy(client, "/tea")));
		}
		int paid = 0;
		for (Future<HttpResponse<String>> call : calls) {
			HttpResponse<String> answer = call.get(120, TimeUnit.SECONDS);
			assertThat(answer.statusCode()).isIn(200, 402);
			paid += (answer.statusCode() == 200) ? 1 : 0;
		}
		threads.shutdown();
		assertThat(paid).isEqualTo(48);
		assertThat(session.state().spent()).isEqualTo(4_800_000);
		assertThat(session.remaining()).isZero();
		assertThat(environment.usdc(this.payer.accountId())).isEqualTo(BigInteger.valueOf(995_200_000));
		assertThat(events).filteredOn(PaymentEvent.Paid.class::isInstance).hasSize(48);
	}

	@Test
	void accountThatDoesNotExistSignsNothing() {
		assertThatExceptionOfType(SessionNotOpenedException.class)
			.isThrownBy(() -> environment.client(SessionSigner.random()).open())
			.withMessageContaining("nothing was signed");
	}

	private static HttpResponse<String> buy(Session session, String what) throws Exception {
		return buy(session.httpClient(), what);
	}

	private static HttpResponse<String> buy(HttpClient client, String what) throws Exception {
		return client.send(HttpRequest.newBuilder(environment.uri(what)).build(), BodyHandlers.ofString());
	}

}
