package io.github.x402sessions.facilitator.discovery;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import io.github.x402sessions.core.facilitator.http.ExtensionResponse;
import io.github.x402sessions.core.facilitator.http.ExtensionResponse.Status;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.discovery.CatalogueObserver.Outcome;
import io.github.x402sessions.facilitator.discovery.listing.Declarations;
import io.github.x402sessions.facilitator.discovery.listing.ListingReader;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.TransientDataAccessResourceException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The catalogue while it has too much to do, or its books fail: whoever settles goes on.
 */
class CatalogueTests {

	private final TestDatabase database = TestDatabase.sqlite();

	private final List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());

	private final CountDownLatch gate = new CountDownLatch(1);

	private volatile boolean broken;

	private Catalogue catalogue;

	@BeforeEach
	void open() {
		Listings listings = this.database.store().listings();
		Listings guarded = (Listings) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Listings.class }, (proxy, method, arguments) -> {
					this.gate.await();
					if (this.broken) {
						throw new TransientDataAccessResourceException("the disk is full");
					}
					try {
						return method.invoke(listings, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
		this.catalogue = new Catalogue(new ListingReader(16 * 1024, false), guarded,
				new ListingLimits(100, 100, Duration.ofDays(90)), String::equals,
				new AwaitedCommitments((id) -> Optional.empty(), Duration.ofHours(1)), this.outcomes::add, 2);
		this.catalogue.start();
	}

	@AfterEach
	void close() {
		this.catalogue.close();
		this.database.close();
	}

	@Test
	void whatIsTooMuchAtOnceIsDroppedAndCounted() {
		for (int i = 0; i < 10; i++) {
			settle(payment(i), "GPAYER");
		}
		assertThat(this.outcomes).hasSizeBetween(7, 8).containsOnly(Outcome.DROPPED);
		assertThat(this.catalogue.response(payment(9))).get()
			.satisfies((said) -> assertThat(said.rejectedReason()).contains("too much"));
		this.gate.countDown();
		Eventually.isTrue(() -> status(payment(0)) == Status.SUCCESS);
		Eventually.isTrue(() -> this.outcomes.size() == 10);
		assertThat(this.outcomes).contains(Outcome.LISTED);
	}

	@Test
	void sameDeclarationIsLookedAtOnce() {
		for (int i = 0; i < 50; i++) {
			settle(payment(0), "GPAYER");
		}
		this.gate.countDown();
		Eventually.isTrue(() -> status(payment(0)) == Status.SUCCESS);
		settle(payment(0), "GPAYER");
		settle(payment(1), "GPAYER");
		Eventually.isTrue(() -> status(payment(1)) == Status.SUCCESS);
		assertThat(this.outcomes).containsExactly(Outcome.LISTED, Outcome.LISTED);
	}

	@Test
	void afterTheBooksFailedTheNextPaymentBringsItAgain() {
		this.broken = true;
		this.gate.countDown();
		settle(payment(0), "GPAYER");
		Eventually.isTrue(() -> this.outcomes.contains(Outcome.FAILED));
		assertThat(this.catalogue.response(payment(0))).isEmpty();
		this.broken = false;
		settle(payment(0), "GPAYER");
		Eventually.isTrue(() -> status(payment(0)) == Status.SUCCESS);
	}

	@Test
	void nobodyListsHimselfByPayingHimself() {
		this.gate.countDown();
		settle(payment(0), Declarations.SELLER);
		assertThat(status(payment(0))).isEqualTo(Status.REJECTED);
	}

	@Test
	void promiseThatNobodyKnowsIsNotListed() {
		this.gate.countDown();
		this.catalogue.settled(payment(0),
				new SettleResponse(true, null, null, "GPAYER", "cmt_" + "A".repeat(22), "stellar:testnet", "1", null));
		assertThat(status(payment(0))).isEqualTo(Status.PROCESSING);
		settle(payment(1), "GPAYER");
		Eventually.isTrue(() -> status(payment(1)) == Status.SUCCESS);
		assertThat(status(payment(0))).isEqualTo(Status.PROCESSING);
	}

	@Test
	void paymentThatFailedOrDeclaresNothingIsNothingToIt() {
		this.catalogue.settled(payment(0), SettleResponse.failure("cap_exceeded", null, "stellar:testnet"));
		assertThat(this.catalogue.response(payment(0))).isEmpty();
		FacilitatorRequest plain = Declarations.http().without("/paymentPayload/extensions").payment();
		settle(plain, "GPAYER");
		assertThat(this.catalogue.response(plain)).isEmpty();
	}

	private void settle(FacilitatorRequest payment, String payer) {
		this.catalogue.settled(payment,
				new SettleResponse(true, null, null, payer, "a".repeat(64), "stellar:testnet", "1", null));
	}

	private Status status(FacilitatorRequest payment) {
		return this.catalogue.response(payment).map(ExtensionResponse::status).orElse(null);
	}

	private static FacilitatorRequest payment(int number) {
		return Declarations.http().resource("url", "\"https://s" + number + ".example/\"").payment();
	}

}
