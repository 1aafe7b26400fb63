package io.github.x402sessions.servlet;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.purchase.AnswersUnavailableException;
import io.github.x402sessions.core.purchase.Purchase;
import io.github.x402sessions.core.purchase.PurchaseClaim;
import io.github.x402sessions.core.purchase.PurchaseLease;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing comes between a settlement and the delivery of what it paid for, on every
 * container: no reading of the request, no store.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class SettledResponseTests {

	private static final String FORM = "application/x-www-form-urlencoded";

	@Parameter
	Container.Kind kind;

	private final PaymentIdentifier identifier = PaymentIdentifier.random();

	private final FailingStore store = new FailingStore();

	private PaidContainer shop;

	@BeforeEach
	void open() throws Exception {
		this.shop = new PaidContainer(this.kind, Map.of("it",
				(request, response) -> response.getWriter().print(Handlers.GOODS), "parts", (request, response) -> {
					response.getWriter().print(Handlers.GOODS.substring(0, 1));
					response.flushBuffer();
					response.getWriter().print(Handlers.GOODS.substring(1));
				}), (route) -> route, (builder) -> builder.responseStore(this.store));
		this.shop.facilitator.honouring();
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	static Stream<String> unreadableForms() {
		return Stream.of("a=%zz", "k=1" + "&k=1".repeat(1200));
	}

	@ParameterizedTest
	@MethodSource("unreadableForms")
	void aFormThatItsHandlerDoesNotReadIsNotRead(String form) throws Exception {
		String[] headers = { PaymentHeader.SIGNATURE, PaidContainer.payment(this.identifier), "Content-Type", FORM };
		assertThat(this.shop.post("/paid/it", form, headers).body()).isEqualTo(Handlers.GOODS);
		assertThat(this.shop.post("/paid/it", form, headers).body()).isEqualTo(Handlers.GOODS);
		assertThat(this.shop.facilitator.charged).hasValue(1);
	}

	@Test
	void aBodyThatNeverEndsHoldsNothingUp() throws Exception {
		try (Socket socket = new Socket(this.shop.uri().getHost(), this.shop.uri().getPort())) {
			socket.setSoTimeout((int) Eventually.PATIENCE.toMillis());
			socket.getOutputStream()
				.write(("POST %s/paid/it HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nContent-Type: %s\r\n%s: %s\r\n\r\na="
					.formatted(Container.CONTEXT_PATH, FORM, PaymentHeader.SIGNATURE,
							PaidContainer.payment(this.identifier)))
					.getBytes(StandardCharsets.US_ASCII));
			byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
			assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
		}
	}

	@Test
	void aStoreThatFailsKeepsNoAnswerBack() throws Exception {
		this.store.failing.addAll(EnumSet.of(FailingStore.Step.ANSWER, FailingStore.Step.END));
		HttpResponse<String> first = pay();
		assertThat(first.statusCode()).isEqualTo(200);
		assertThat(first.body()).isEqualTo(Handlers.GOODS);
		assertThat(PaidContainer.receipt(first).success()).isTrue();
		this.store.failing.clear();
		assertThat(pay().statusCode()).isEqualTo(409);
		assertThat(this.shop.facilitator.charged).hasValue(1);
	}

	@Test
	void anAnswerThatCannotBeKeptIsSpent() throws Exception {
		this.store.failing.add(FailingStore.Step.ANSWER);
		assertThat(pay().body()).isEqualTo(Handlers.GOODS);
		HttpResponse<String> again = pay();
		assertThat(again.statusCode()).isEqualTo(409);
		assertThat(again.body()).contains("payment-identifier-spent");
	}

	@ParameterizedTest
	@EnumSource(names = { "UNTOLD", "TAKEN_OVER" })
	void anAnswerThatAnotherMayTakeThePlaceOfDoesNotLeave(FailingStore.Step step) throws Exception {
		this.store.failing.add(step);
		HttpResponse<String> withheld = pay();
		assertThat(withheld.statusCode()).isEqualTo(503);
		assertThat(withheld.headers().firstValue("Retry-After")).isPresent();
		assertThat(withheld.body()).doesNotContain(Handlers.GOODS).contains("it is paid for once");
		this.store.failing.clear();
		this.store.tell();
		assertThat(pay().body()).isEqualTo(Handlers.GOODS);
		assertThat(pay().body()).isEqualTo(Handlers.GOODS);
		assertThat(this.shop.facilitator.charged).hasValue(1);
	}

	@Test
	void aPartThatAnotherAnswerMayTakeThePlaceOfDoesNotLeave() throws Exception {
		this.store.failing.add(FailingStore.Step.PART);
		HttpResponse<String> withheld = pay("/paid/parts");
		assertThat(withheld.statusCode()).isEqualTo(503);
		assertThat(withheld.body()).doesNotContain(Handlers.GOODS);
		this.store.failing.clear();
		assertThat(pay("/paid/parts").body()).isEqualTo(Handlers.GOODS);
		assertThat(pay("/paid/parts").body()).isEqualTo(Handlers.GOODS);
		assertThat(this.shop.facilitator.charged).hasValue(1);
	}

	@Test
	void whatNoOtherAnswerMayTakeThePlaceOfLeaves() throws Exception {
		this.shop.facilitator.notHonouring();
		this.store.failing.add(FailingStore.Step.UNTOLD);
		assertThat(pay().body()).isEqualTo(Handlers.GOODS);
		assertThat(this.shop.facilitator.charged).hasValue(1);
	}

	@ParameterizedTest
	@EnumSource(names = { "CLAIM", "NOTE", "LEASE" })
	void withoutTheStoreNothingIsCharged(FailingStore.Step step) throws Exception {
		this.store.failing.add(step);
		HttpResponse<String> refused = pay();
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).isPresent();
		assertThat(refused.body()).doesNotContain(Handlers.GOODS, "out of reach").contains("The payment was not used");
		assertThat(this.shop.facilitator.charged).hasValue(0);
		this.store.failing.clear();
		assertThat(pay().body()).isEqualTo(Handlers.GOODS);
		assertThat(pay().body()).isEqualTo(Handlers.GOODS);
		assertThat(this.shop.facilitator.charged).hasValue(1);
	}

	private HttpResponse<String> pay() throws IOException, InterruptedException {
		return pay("/paid/it");
	}

	private HttpResponse<String> pay(String path) throws IOException, InterruptedException {
		return this.shop.get(path, PaymentHeader.SIGNATURE, PaidContainer.payment(this.identifier));
	}

	/** A store that may be out of reach at each step of a purchase. */
	private static final class FailingStore implements ResponseStore {

		private final ResponseStore store = ResponseStore.inMemory();

		private final Set<Step> failing = ConcurrentHashMap.newKeySet();

		private volatile Runnable later = () -> {
		};

		/** It is back, and hears what it was not told. */
		private void tell() {
			this.later.run();
		}

		@Override
		public PurchaseClaim claim(String key, String request) {
			if (this.failing.contains(Step.CLAIM)) {
				throw new AnswersUnavailableException("out of reach", null);
			}
			return this.store.claim(key, request)
				.fold((won) -> new PurchaseClaim.Won(new FailingLease(won.lease()), won.owed()), (lost) -> lost);
		}

		/** Its store may be out of reach by now. */
		private final class FailingLease implements PurchaseLease {

			private final PurchaseLease lease;

			FailingLease(PurchaseLease lease) {
				this.lease = lease;
			}

			@Override
			public boolean note(Purchase otherwise) {
				require((otherwise instanceof Purchase.Spent) ? Step.PART : Step.NOTE);
				return !FailingStore.this.failing.contains(Step.LEASE) && this.lease.note(otherwise);
			}

			@Override
			public boolean conclude(Purchase end) {
				if (FailingStore.this.failing.contains(Step.UNTOLD)) {
					FailingStore.this.later = () -> this.lease.conclude(end);
					throw new AnswersUnavailableException("out of reach", null);
				}
				if (FailingStore.this.failing.contains(Step.TAKEN_OVER)) {
					FailingStore.this.later = () -> this.lease.conclude(new Purchase.Owed(end.request(),
							((Purchase.Answered) end).body(), ((Purchase.Answered) end).amount(), 1));
					return false;
				}
				require((end instanceof Purchase.Answered) ? Step.ANSWER : Step.END);
				return this.lease.conclude(end);
			}

			@Override
			public void release() {
				this.lease.release();
			}

			private void require(Step step) {
				if (FailingStore.this.failing.contains(step)) {
					throw new IllegalStateException("out of reach");
				}
			}

		}

		/** When a store is out of reach. */
		private enum Step {

			CLAIM, NOTE, LEASE, PART, ANSWER, END, UNTOLD, TAKEN_OVER

		}

	}

}
