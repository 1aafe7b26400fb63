package io.github.x402sessions.facilitator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.facilitator.HookServer.Delivery;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever is told of events hears of each that is true, in the order of each session,
 * whatever it answers and whatever becomes of the facilitator.
 */
class EventDeliveryTests {

	private static FacilitatorEnvironment environment;

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment.withoutFacilitator();
	}

	@AfterEach
	void stop() {
		environment.stop();
	}

	@AfterAll
	static void close() {
		environment.close();
	}

	@Test
	void eachEventIsToldOnceWithTheRightFiguresToWhomItConcerns() throws Exception {
		try (HookServer shop = new HookServer(); HookServer other = new HookServer()) {
			Map<String, String> properties = new HashMap<>(shop.properties(0, "shop"));
			properties.putAll(other.properties(1, "other"));
			properties.put("facilitator.webhooks[0].recipients", environment.merchant.getAccountId());
			properties.put("facilitator.webhooks[1].recipients", environment.otherMerchant.getAccountId());
			properties.putAll(Commitments.PROPERTIES);
			properties.put("facilitator.deferred.max-age", "1s");
			environment.start(properties);
			Payer payer = environment.payer();
			String session = Commitments.session(environment, payer, 5_000_000);
			Reply settled = environment.client.settle(Payments.of(environment, session, "100000"));
			assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
			String commitment = Commitments.commit(environment, session, "2000");
			Eventually.isTrue(() -> shop.taken.size() == 4);
			environment.client.delete("/sessions/" + session);
			Eventually.isTrue(() -> shop.taken.size() == 5);
			assertThat(shop.types()).containsExactly("session.opened", "payment.settled", "payment.committed",
					"payment.settled", "session.ended");
			assertThat(shop.all).hasSize(5).allSatisfy((delivery) -> {
				assertThat(delivery.isSignedBy(HookServer.SECRET)).isTrue();
				assertThat(delivery.method()).isEqualTo("POST");
				assertThat(delivery.headers()).containsEntry("content-type", "application/json");
				assertThat(delivery.json().at("/id").asString()).isEqualTo(delivery.id());
				assertThat(delivery.json().at("/data/recipient").asString())
					.isEqualTo(environment.merchant.getAccountId());
				assertThat(delivery.body()).doesNotContain(session).doesNotContain("null");
			});
			JsonNode first = shop.taken.get(1).json().at("/data/settlement");
			assertThat(first.at("/amount").asString()).isEqualTo("100000");
			assertThat(first.at("/status").asString()).isEqualTo("confirmed");
			assertThat(first.at("/transaction").asString()).isEqualTo(settled.text("transaction"));
			assertThat(first.at("/payer").asString()).isEqualTo(payer.address());
			assertThat(first.at("/network").asString()).isEqualTo("stellar:testnet");
			assertThat(first.at("/asset").asString()).isEqualTo(environment.devnet.usdcContract());
			assertThat(first.at("/ledger").asLong()).isPositive();
			JsonNode committed = shop.taken.get(2).json().at("/data/settlement");
			assertThat(committed.at("/id").asString()).isEqualTo(commitment);
			assertThat(committed.at("/status").asString()).isEqualTo("committed");
			assertThat(committed.has("transaction")).isFalse();
			JsonNode later = shop.taken.get(3).json().at("/data/settlement");
			assertThat(later.at("/id").asString()).isEqualTo(commitment);
			assertThat(later.at("/amount").asString()).isEqualTo("2000");
			assertThat(later.at("/deferred").asBoolean()).isTrue();
			JsonNode ended = shop.taken.get(4).json().at("/data/session");
			assertThat(ended.at("/handle").asString()).isEqualTo(first.at("/handle").asString());
			assertThat(ended.at("/reason").asString()).isEqualTo("closed");
			assertThat(ended.at("/cap").asString()).isEqualTo("5000000");
			assertThat(other.all).isEmpty();
		}
	}

	@Test
	void hookThatFailsHangsAndComesBackHearsAllInOrderUnderTheSameIds() {
		try (HookServer shop = new HookServer(); HookServer healthy = new HookServer()) {
			CountDownLatch end = new CountDownLatch(1);
			AtomicInteger calls = new AtomicInteger();
			shop.answer = (delivery, exchange) -> switch (calls.getAndIncrement() % 4) {
				case 0 -> 500;
				case 1 -> hang(end);
				case 2 -> 302;
				default -> 429;
			};
			Map<String, String> properties = new HashMap<>(shop.properties(0, "shop"));
			properties.putAll(healthy.properties(1, "healthy"));
			properties.put("facilitator.webhooks[0].timeout", "200ms");
			environment.start(properties);
			try {
				String one = environment.payer().session(1_000_000);
				String two = environment.payer().session(1_000_000);
				for (String session : List.of(one, two, one, two, one)) {
					assertThat(environment.client.settle(Payments.of(environment, session, "1000")).status())
						.isEqualTo(200);
				}
				Eventually.isTrue(() -> healthy.known().size() == 7);
				Eventually.isTrue(() -> shop.all.size() >= 6);
				environment.stop();
				assertThat(shop.taken).isEmpty();
				shop.answer = (delivery, exchange) -> 204;
				properties.put("facilitator.webhooks[0].timeout", "10s");
				environment.start(properties);
				Eventually.isTrue(() -> shop.known().size() == 7);
				assertThat(ordered(shop)).isEqualTo(ordered(healthy)).hasSize(2);
				assertThat(shop.all.stream().map(Delivery::id).distinct()).hasSize(7);
			}
			finally {
				end.countDown();
				environment.stop();
			}
		}
	}

	@Test
	void twoNodesShareTheWorkAndNeverTellOneSessionBesideEachOther() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator();
				TestDatabase database = TestDatabase.postgres();
				HookServer shop = new HookServer()) {
			Map<String, String> properties = new HashMap<>(environment.properties(database.properties()));
			properties.putAll(shop.properties(0, "shop"));
			AtomicInteger calls = new AtomicInteger();
			shop.answer = (delivery, exchange) -> (calls.incrementAndGet() % 3 == 0) ? 503 : 200;
			try (FacilitatorServer one = FacilitatorServer.start(properties);
					FacilitatorServer other = FacilitatorServer.start(properties)) {
				environment.client = new FacilitatorClient(one.url());
				List<String> sessions = List.of(environment.payer().session(1_000_000),
						environment.payer().session(1_000_000), environment.payer().session(1_000_000));
				for (int i = 0; i < 4; i++) {
					for (String session : sessions) {
						FacilitatorClient node = new FacilitatorClient(((i % 2) == 0) ? one.url() : other.url());
						Reply reply = node.settle(Payments.of(environment, session, "1000"));
						assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
					}
				}
				Eventually.isTrue(() -> shop.known().size() == 15);
				Eventually.isTrue(() -> database.jdbc()
					.sql("select count(*) from event_outbox where state = 'WAITING'")
					.query(Integer.class)
					.single() == 0);
			}
			assertThat(shop.mixed).isFalse();
			assertThat(numbers(shop, database).values())
				.allSatisfy((numbers) -> assertThat(numbers).isSorted().hasSize(5));
		}
	}

	@Test
	void operatorEndsASubscriptionAndResumesItAndTheAuditLogSaysSo() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator();
				HookServer gone = new HookServer()) {
			gone.answer = (delivery, exchange) -> 500;
			environment.start(gone.properties(0, "gone"));
			environment.payer().session(1_000_000);
			Eventually.isTrue(() -> !gone.all.isEmpty());
			environment.stop();
			assertThat(Commands.run(environment, "events", "end", "--webhook", "nobody").code()).isNotZero();
			assertThat(Commands.run(environment, "events", "end", "--webhook", "gone").text())
				.startsWith("1 event(s) are given up");
			assertThat(Commands.run(environment, "events", "show").text()).startsWith("gone: 0 waiting")
				.contains("1 given up");
			assertThat(Commands.run(environment, "events", "resend", "--webhook", "gone").text())
				.startsWith("1 event(s) will");
			assertThat(Commands.run(environment, "audit", "export").text().lines()).hasSize(4)
				.allMatch((line) -> line.contains("webhook gone"))
				.anyMatch((line) -> line.contains("events.end"))
				.anyMatch((line) -> line.contains("events.resend"));
		}
	}

	/** By session, the places of what was told, which webhooks do not learn. */
	private static Map<String, List<Long>> numbers(HookServer hook, TestDatabase database) {
		Map<String, List<Long>> numbers = new HashMap<>();
		hook.known().forEach((delivery) -> {
			assertThat(delivery.body()).doesNotContain("\"number\"");
			numbers.computeIfAbsent(delivery.subject(), (subject) -> new ArrayList<>())
				.add(database.jdbc()
					.sql("select number from event_outbox where id = :id")
					.param("id", delivery.id())
					.query(Long.class)
					.single());
		});
		return numbers;
	}

	/** By session, what was told. */
	private static Map<String, List<String>> ordered(HookServer hook) {
		Map<String, List<String>> told = new HashMap<>();
		hook.known()
			.forEach((delivery) -> told.computeIfAbsent(delivery.subject(), (subject) -> new ArrayList<>())
				.add(delivery.json().at("/type").asString() + delivery.json().at("/data/settlement/id").asString("")));
		return told;
	}

	private static int hang(CountDownLatch end) {
		Eventually.opens(end);
		return 0;
	}

}
