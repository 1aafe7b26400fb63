package io.github.x402sessions.webflux;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.DelegatingFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.Handlers;
import io.github.x402sessions.servlet.PaidContainer;
import io.github.x402sessions.servlet.ScriptedFacilitator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients of a reactive application on Netty that go, or do not read, or come all at
 * once: nobody pays for what stays, and nobody else waits for them.
 */
class ImpatientExchangeTests {

	/** More chunks than a kernel takes for one connection, which is 4 MB by default. */
	private static final int KERNEL = 70;

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final ScriptedFacilitator facilitator = new ScriptedFacilitator();

	private static final AtomicInteger verified = new AtomicInteger();

	private static volatile CountDownLatch verification = new CountDownLatch(0);

	private static FluxShop shop;

	private final ImpatientClients clients = new ImpatientClients();

	/** Two threads decide, two settle, and four requests wait for either. */
	@BeforeAll
	static void open() {
		shop = new FluxShop(new DelegatingFacilitator() {

			@Override
			protected Facilitator delegate() {
				return facilitator;
			}

			@Override
			protected VerifyResponse verifying(FacilitatorRequest request, Supplier<VerifyResponse> call) {
				Eventually.opens(verification);
				VerifyResponse response = call.get();
				verified.incrementAndGet();
				return response;
			}

		}, ImpatientShop.class, "x402.hold-budget=1KB", "threads=2", "members=true");
	}

	@AfterAll
	static void close() {
		shop.close();
	}

	@BeforeEach
	void reset() {
		ImpatientShop.reset();
		facilitator.extra = Map.of();
		facilitator.notHonouring();
		facilitator.settled.set(0);
		facilitator.amounts.clear();
	}

	@AfterEach
	void letGo() throws IOException {
		facilitator.gate.countDown();
		verification.countDown();
		ImpatientShop.handler.countDown();
		this.clients.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/events", "/lines" })
	void whoDoesNotReadPaysForNothingThatStays(String path) throws Exception {
		facilitator.holding();
		Socket client = this.clients.send(shop, path, PaidContainer.payment());
		assertThat(client.getInputStream().readNBytes(3000)).hasSize(3000);
		int made = untilItStands(ImpatientShop.chunks);
		ImpatientClients.reset(client);
		Eventually.holds(() -> assertThat(facilitator.amounts).hasSize(1));
		assertThat(Integer.parseInt(facilitator.amounts.get(0)) / 1000).isBetween(made - 2, made).isGreaterThan(0);
		assertThat(made).isLessThan(KERNEL);
	}

	@Test
	void noMoreThanAPartIsKeptForWhoDoesNotRead() throws Exception {
		Socket client = this.clients.send(shop, "/whole", PaidContainer.payment());
		assertThat(client.getInputStream().readNBytes(3000)).hasSize(3000);
		assertThat(untilItStands(ImpatientShop.chunks)).isLessThan(KERNEL);
	}

	@Test
	void whoReadsGetsAllOfIt() throws Exception {
		HttpResponse<String> response = shop.pay("/whole");
		assertThat(response.body()).hasSize(1000 * ImpatientShop.CHUNK);
	}

	@Test
	void whatIsPaidIsNotRefusedForWantOfAThread() throws Exception {
		ImpatientShop.handler = new CountDownLatch(1);
		CompletableFuture<HttpResponse<String>> paid = CompletableFuture.supplyAsync(() -> pay("/before"));
		Eventually.holds(() -> assertThat(ImpatientShop.runs).hasValue(1));
		fill();
		ImpatientShop.handler.countDown();
		HttpResponse<String> response = paid.get(SOON.toSeconds(), TimeUnit.SECONDS);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(Handlers.GOODS);
	}

	@Test
	void whatCostsNothingNeedsNoThread() throws Exception {
		fill();
		HttpResponse<String> response = CompletableFuture.supplyAsync(() -> pay("/status"))
			.get(SOON.toSeconds(), TimeUnit.SECONDS);
		assertThat(response.statusCode()).isEqualTo(422);
		assertThat(response.body()).isEqualTo("my own error");
		assertThat(pay("/sold").statusCode()).isEqualTo(503);
	}

	/**
	 * As many settle and wait as may; they come one by one, so that all are decided on.
	 */
	private void fill() throws IOException {
		facilitator.settled.set(0);
		facilitator.gate = new CountDownLatch(1);
		int before = verified.get();
		for (int i = 1; i <= 7; i++) {
			this.clients.send(shop, "/sold", PaidContainer.payment());
			int decided = before + i;
			Eventually.holds(() -> assertThat(verified).hasValue(decided));
		}
		Eventually.holds(() -> {
			assertThat(facilitator.settled).hasValue(2);
			assertThat(this.clients.answered()).isPositive();
		});
	}

	@Test
	void nobodyIsChargedAfterGoing() throws Exception {
		facilitator.gate = new CountDownLatch(1);
		for (int i = 0; i < 6; i++) {
			this.clients.send(shop, "/before", PaidContainer.payment());
		}
		Eventually.holds(() -> assertThat(facilitator.settled).hasValue(2));
		this.clients.goAll();
		facilitator.gate.countDown();
		assertThat(pay("/before").body()).isEqualTo(Handlers.GOODS);
		assertThat(facilitator.settled).hasValue(3);
		Eventually.holds(() -> assertThat(ImpatientShop.paidButFailed).hasValue(2));
		assertThat(ImpatientShop.runs).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/before", "/during" })
	void whoGoesAndAsksAgainIsChargedOnce(String path) throws Exception {
		facilitator.honouring();
		int charged = facilitator.charged.get();
		facilitator.gate = new CountDownLatch(1);
		String payment = PaidContainer.payment(PaymentIdentifier.random());
		this.clients.send(shop, path, payment);
		Eventually.holds(() -> assertThat(facilitator.settled).hasValue(1));
		this.clients.goAll();
		facilitator.gate.countDown();
		Eventually
			.holds(() -> assertThat(shop.get(path, PaymentHeader.SIGNATURE, payment).body()).isEqualTo(Handlers.GOODS));
		assertThat(facilitator.charged).hasValue(charged + 1);
	}

	@Test
	void noEventLoopWaitsForAStore() throws Exception {
		facilitator.honouring();
		for (String path : List.of("/before", "/during", "/sold", "/events")) {
			ImpatientShop.concluded.set(0);
			facilitator.settled.set(0);
			facilitator.amounts.clear();
			facilitator.released.set(0);
			facilitator.gate = new CountDownLatch(1);
			ImpatientShop.handler = new CountDownLatch(1);
			facilitator.extra = Map.of("deferred", true, "holds", true);
			Socket client = this.clients.send(shop, path, PaidContainer.payment(PaymentIdentifier.random()));
			if (path.equals("/events")) {
				client.getInputStream().readNBytes(3000);
			}
			else {
				Eventually.holds(() -> assertThat(facilitator.settled).hasValue(1));
			}
			this.clients.goAll();
			facilitator.gate.countDown();
			ImpatientShop.handler.countDown();
			Eventually.holds(() -> assertThat(ImpatientShop.concluded).hasPositiveValue());
			Eventually.holds(() -> assertThat(facilitator.amounts.size() + facilitator.released.get()).isPositive());
		}
		assertThat(ImpatientShop.blockedLoops).isEmpty();
	}

	@Test
	void whoNeedsNoVerificationDoesNotWaitForThoseOfOthers() throws Exception {
		verification = new CountDownLatch(1);
		for (int i = 0; i < 7; i++) {
			this.clients.send(shop, "/sold", PaidContainer.payment());
		}
		Eventually.holds(() -> assertThat(this.clients.answered()).isPositive());
		CompletableFuture<HttpResponse<String>> unpaid = CompletableFuture.supplyAsync(() -> get("/sold"));
		assertThat(unpaid.get(SOON.toSeconds(), TimeUnit.SECONDS).statusCode()).isEqualTo(402);
		CompletableFuture<HttpResponse<String>> member = CompletableFuture
			.supplyAsync(() -> get("/sold", "Member", "1"));
		assertThat(member.get(SOON.toSeconds(), TimeUnit.SECONDS).body()).isEqualTo(Handlers.GOODS);
		this.clients.goAll();
		verification.countDown();
		assertThat(pay("/sold").body()).isEqualTo(Handlers.GOODS);
		assertThat(ImpatientShop.runs.get()).isLessThan(5);
	}

	@Test
	void theLastWordOnAGrantedAnswerIsThatItIsPrivate() throws Exception {
		HttpResponse<String> response = get("/public", "Member", "1");
		assertThat(response.body()).isEqualTo(Handlers.GOODS);
		assertThat(response.headers().firstValue("Cache-Control").orElseThrow()).contains("private")
			.doesNotContain("public");
	}

	private static HttpResponse<String> pay(String path) {
		return get(path, PaymentHeader.SIGNATURE, PaidContainer.payment());
	}

	private static HttpResponse<String> get(String path, String... headers) {
		try {
			return shop.get(path, headers);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Wait until nothing more is made, and return how much was. */
	private static int untilItStands(AtomicInteger made) {
		int[] last = { -1, 0 };
		Eventually.holds(() -> {
			int now = made.get();
			last[1] = (now == last[0]) ? last[1] + 1 : 0;
			last[0] = now;
			assertThat(last[1]).isGreaterThan(20);
		});
		return last[0];
	}

}
