package io.github.x402sessions.webflux;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.payment.MeteredPayment;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.purchase.Purchase;
import io.github.x402sessions.core.purchase.PurchaseClaim;
import io.github.x402sessions.core.purchase.PurchaseLease;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.Handlers;
import io.github.x402sessions.spring.X402Price;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;

/**
 * What is sold to clients that go, or do not read, or come all at once; and what the
 * server sees of them.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ImpatientShop.Handling.class)
class ImpatientShop {

	static final int CHUNK = 100_000;

	static final AtomicInteger chunks = new AtomicInteger();

	static final AtomicInteger gone = new AtomicInteger();

	static final AtomicInteger runs = new AtomicInteger();

	static final AtomicInteger paidButFailed = new AtomicInteger();

	static final AtomicInteger concluded = new AtomicInteger();

	static final Set<String> blockedLoops = ConcurrentHashMap.newKeySet();

	static volatile CountDownLatch handler = new CountDownLatch(0);

	static void reset() {
		for (AtomicInteger count : new AtomicInteger[] { chunks, gone, runs, paidButFailed, concluded }) {
			count.set(0);
		}
		blockedLoops.clear();
		handler = new CountDownLatch(0);
	}

	/** In front of all others: counts the exchanges that their clients gave up. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	WebFilter leavers() {
		return (exchange, chain) -> chain.filter(exchange).doOnCancel(gone::incrementAndGet);
	}

	/** As few threads as a test wants. */
	@Bean
	PaymentWebFilterCustomizer threads(@Value("${threads:0}") int threads) {
		return (filter) -> {
			if (threads > 0) {
				filter.threads(threads, threads, 2 * threads);
			}
		};
	}

	@Bean
	SettlementListener failures() {
		return new SettlementListener() {

			@Override
			public void onPaidButFailed(Payment payment, SettleResponse receipt, int status) {
				paidButFailed.incrementAndGet();
			}

		};
	}

	@Bean
	@ConditionalOnProperty("members")
	ExchangeListener members() {
		return new ExchangeListener() {

			@Override
			public Access onRequest(ServerWebExchange exchange, PricedRoute route) {
				return exchange.getRequest().getHeaders().containsHeader("Member") ? Access.GRANT : Access.CHARGE;
			}

		};
	}

	/** Notes who of those that must not wait is made to. */
	@Bean
	ResponseStore store() {
		ResponseStore store = ResponseStore.inMemory();
		return (key, request) -> {
			note();
			PurchaseClaim claim = store.claim(key, request);
			return (claim instanceof PurchaseClaim.Won won)
					? new PurchaseClaim.Won(new NotingLease(won.lease()), won.owed()) : claim;
		};
	}

	private static void note() {
		if (Schedulers.isInNonBlockingThread() || Thread.currentThread().getName().startsWith("reactor")) {
			blockedLoops.add(Thread.currentThread().getName());
		}
	}

	private record NotingLease(PurchaseLease lease) implements PurchaseLease {

		@Override
		public boolean note(Purchase otherwise) {
			ImpatientShop.note();
			return this.lease.note(otherwise);
		}

		@Override
		public boolean conclude(Purchase purchase) {
			ImpatientShop.note();
			concluded.incrementAndGet();
			return this.lease.conclude(purchase);
		}

		@Override
		public void release() {
			ImpatientShop.note();
			concluded.incrementAndGet();
			this.lease.release();
		}

	}

	/** Handlers of a controller. */
	@RestController
	static class Handling {

		@GetMapping("/sold")
		@X402Price("0.10")
		Mono<String> sold() {
			runs.incrementAndGet();
			return Mono.just(Handlers.GOODS);
		}

		@GetMapping("/status")
		@X402Price("0.10")
		ResponseEntity<String> status() {
			return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT).body("my own error");
		}

		@GetMapping("/before")
		@X402Price(value = "0.10", settlement = SettlementTiming.BEFORE_HANDLER)
		Mono<String> before() {
			return answer();
		}

		@GetMapping("/during")
		@X402Price(value = "0.10", settlement = SettlementTiming.DURING_HANDLER)
		Mono<String> during() {
			return answer();
		}

		private static Mono<String> answer() {
			runs.incrementAndGet();
			return Mono.fromCallable(() -> {
				Eventually.opens(handler);
				return Handlers.GOODS;
			}).subscribeOn(Schedulers.boundedElastic());
		}

		@GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		@X402Price(value = "0.10", settlement = SettlementTiming.DEFERRED)
		Flux<String> events(MeteredPayment payment) {
			return chunks(payment);
		}

		@GetMapping(path = "/lines", produces = MediaType.APPLICATION_NDJSON_VALUE)
		@X402Price(value = "0.10", settlement = SettlementTiming.DEFERRED)
		Flux<Map<String, String>> lines(MeteredPayment payment) {
			return chunks(payment).map((chunk) -> Map.of("chunk", chunk));
		}

		@GetMapping("/whole")
		@X402Price("0.10")
		Flux<String> whole() {
			return chunks(null);
		}

		@GetMapping("/public")
		@X402Price("0.10")
		Mono<String> cached(ServerWebExchange exchange) {
			exchange.getResponse()
				.beforeCommit(() -> Mono
					.fromRunnable(() -> exchange.getResponse().getHeaders().setCacheControl("public, max-age=600")));
			return Mono.just(Handlers.GOODS);
		}

		private static Flux<String> chunks(@Nullable MeteredPayment payment) {
			return Flux.range(0, 1000).doOnNext((i) -> {
				chunks.incrementAndGet();
				if (payment != null) {
					payment.charge("0.0001");
				}
			}).map((i) -> "x".repeat(CHUNK));
		}

	}

}
