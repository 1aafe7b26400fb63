package io.github.x402sessions.spring.answers;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.x402sessions.core.purchase.Purchase;
import io.github.x402sessions.core.purchase.PurchaseClaim;
import io.github.x402sessions.core.purchase.PurchaseLease;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.core.purchase.StoredResponse;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every store of answers does the same, seen by two instances that share it.
 */
@ParameterizedClass
@EnumSource(AnswerPlace.Kind.class)
class ResponseStoreTests {

	private static final Duration LEASE = Duration.ofSeconds(30);

	private static final Duration RETENTION = Duration.ofMinutes(10);

	private static final String KEY = "ab".repeat(32);

	private static final String REQUEST = "cd".repeat(32);

	private static final Purchase.Owed OWED = new Purchase.Owed(REQUEST, "12 ef", new BigInteger("1" + "0".repeat(30)),
			3);

	@Parameter
	AnswerPlace.Kind kind;

	private AnswerPlace place;

	private ResponseStore one;

	private ResponseStore two;

	@BeforeEach
	void open() {
		this.place = AnswerPlace.of(this.kind);
		this.one = this.place.instance(LEASE, RETENTION);
		this.two = this.place.instance(LEASE, RETENTION);
	}

	@AfterEach
	void close() {
		this.place.close();
	}

	@Test
	void whoComesFirstHasIt() {
		won(this.one.claim(KEY, REQUEST));
		assertThat(lost(this.two.claim(KEY, REQUEST))).isEqualTo(new Purchase.Running(REQUEST));
		assertThat(lost(this.one.claim(KEY, "other"))).isEqualTo(new Purchase.Running(REQUEST));
		won(this.two.claim("ef".repeat(32), REQUEST));
	}

	@Test
	void answersAreRepeatedByteForByte() {
		byte[] body = new byte[300_000];
		new Random(1).nextBytes(body);
		for (StoredResponse response : List.of(
				new StoredResponse(200, "text/plain;charset=UTF-8", body.length,
						List.of(new StoredResponse.Header("Set-Cookie", List.of("a=1", "b=\u00fc"), false),
								new StoredResponse.Header("ETag", List.of(), true)),
						body),
				new StoredResponse(503, null, -1, List.of(), new byte[0]))) {
			for (BigInteger amount : new BigInteger[] { null, BigInteger.valueOf(70) }) {
				String key = "k" + response.status() + amount;
				PurchaseLease lease = won(this.one.claim(key, REQUEST)).lease();
				assertThat(lease.note(OWED)).isTrue();
				assertThat(lease.conclude(new Purchase.Answered(REQUEST, "b", response, amount))).isTrue();
				Purchase.Answered known = (Purchase.Answered) lost(this.two.claim(key, REQUEST));
				assertThat(known.request()).isEqualTo(REQUEST);
				assertThat(known.body()).isEqualTo("b");
				assertThat(known.amount()).isEqualTo(amount);
				same(known.response(), response);
			}
		}
	}

	private static void same(StoredResponse known, StoredResponse response) {
		assertThat(known.status()).isEqualTo(response.status());
		assertThat(known.contentType()).isEqualTo(response.contentType());
		assertThat(known.contentLength()).isEqualTo(response.contentLength());
		assertThat(known.headers()).isEqualTo(response.headers());
		assertThat(known.body()).isEqualTo(response.body());
	}

	@Test
	void whatIsOwedIsForTheSameRequest() {
		assertThat(won(this.one.claim(KEY, REQUEST)).lease().conclude(OWED)).isTrue();
		assertThat(lost(this.two.claim(KEY, "other"))).isEqualTo(OWED);
		PurchaseClaim.Won again = won(this.two.claim(KEY, REQUEST));
		assertThat(again.owed()).isEqualTo(OWED);
		assertThat(lost(this.one.claim(KEY, REQUEST))).isEqualTo(new Purchase.Running(REQUEST));
		assertThat(again.lease().conclude(new Purchase.Spent(REQUEST))).isTrue();
		assertThat(lost(this.one.claim(KEY, REQUEST))).isEqualTo(new Purchase.Spent(REQUEST));
	}

	@Test
	void whatWasNotPaidIsFree() {
		PurchaseLease lease = won(this.one.claim(KEY, REQUEST)).lease();
		assertThat(lease.note(OWED)).isTrue();
		lease.release();
		assertThat(won(this.two.claim(KEY, "other")).owed()).isNull();
	}

	@Test
	void anEndMayBeToldAgain() {
		PurchaseLease lease = won(this.one.claim(KEY, REQUEST)).lease();
		assertThat(lease.conclude(new Purchase.Spent(REQUEST))).isTrue();
		assertThat(lease.conclude(new Purchase.Spent(REQUEST))).isTrue();
		lease.release();
		assertThat(lost(this.two.claim(KEY, REQUEST))).as("a release comes too late")
			.isEqualTo(new Purchase.Spent(REQUEST));
	}

	@Test
	void ofManyAtOnceOneHasIt() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(32);
		try {
			for (int round = 0; round < 3; round++) {
				String key = "round" + round;
				CountDownLatch start = new CountDownLatch(1);
				List<Future<PurchaseClaim>> claims = new ArrayList<>();
				for (int i = 0; i < 32; i++) {
					ResponseStore store = (i % 2 == 0) ? this.one : this.two;
					claims.add(threads.submit(() -> {
						start.await();
						return store.claim(key, REQUEST);
					}));
				}
				start.countDown();
				int winners = 0;
				for (Future<PurchaseClaim> claim : claims) {
					winners += (Eventually.resultOf(claim) instanceof PurchaseClaim.Won) ? 1 : 0;
				}
				assertThat(winners).isEqualTo(1);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void whatIsOldIsForgotten() {
		try (AnswerPlace place = AnswerPlace.of(this.kind)) {
			ResponseStore store = place.instance(LEASE, Duration.ofMillis(300));
			won(store.claim(KEY, REQUEST)).lease().conclude(new Purchase.Spent(REQUEST));
			Eventually.isTrue(() -> store.claim(KEY, "other") instanceof PurchaseClaim.Won won && won.owed() == null);
		}
	}

	static PurchaseClaim.Won won(PurchaseClaim claim) {
		assertThat(claim).isInstanceOf(PurchaseClaim.Won.class);
		return (PurchaseClaim.Won) claim;
	}

	static Purchase lost(PurchaseClaim claim) {
		assertThat(claim).isInstanceOf(PurchaseClaim.Lost.class);
		return ((PurchaseClaim.Lost) claim).known();
	}

}
