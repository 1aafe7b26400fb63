package io.github.x402sessions.facilitator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Facilitators that share a database share their limits: a burst at all of them gets what
 * one of them would give.
 */
class SharedLimitsTests {

	private static final int NODES = 4;

	private static final int CALLS = 5;

	private static final int REGISTRATIONS = 12;

	private static FacilitatorEnvironment environment;

	private static TestDatabase database;

	private static final List<FacilitatorServer> SERVERS = new ArrayList<>();

	/** Opened before anybody registers too often. */
	private static final Queue<String> SESSIONS = new ArrayDeque<>();

	@BeforeAll
	static void start() {
		environment = FacilitatorEnvironment.withoutFacilitator();
		database = TestDatabase.postgres();
		Map<String, String> properties = new HashMap<>(database.properties());
		properties.putAll(Commitments.PROPERTIES);
		properties.put("facilitator.calls-per-minute", Integer.toString(CALLS));
		properties.put("facilitator.verify-hold", "5m");
		properties.put("facilitator.access.registrations-per-minute", Integer.toString(REGISTRATIONS));
		for (int i = 0; i < NODES; i++) {
			SERVERS.add(FacilitatorServer.start(environment.properties(properties)));
		}
		environment.client = new FacilitatorClient(SERVERS.get(0).url());
		for (int i = 0; i < 6; i++) {
			SESSIONS.add(Commitments.session(environment, environment.payer(), 1_000_000));
		}
		database.jdbc().sql("delete from limit_use").update();
	}

	@AfterAll
	static void stop() {
		SERVERS.forEach(FacilitatorServer::close);
		environment.close();
		database.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, NODES })
	void sessionPaysForAsManyCallsAtAllNodesAsAtOne(int nodes) throws Exception {
		String id = SESSIONS.remove();
		assertThat(Burst.of(nodes(nodes), 2, 5, (node) -> {
			Reply reply = node.settle(Payments.of(environment, id, "1000"));
			assertThat(reply.status() == 200 || "rate_limited".equals(reply.text("errorReason"))).as("%s", reply.body())
				.isTrue();
			return reply.status() == 200;
		})).isEqualTo(CALLS);
		assertThat(environment.client.get("/sessions/" + id).text("spent")).isEqualTo(Integer.toString(CALLS * 1_000));
		for (FacilitatorClient node : nodes(NODES)) {
			assertThat(node.verify(Payments.of(environment, id, "1000")).text("invalidReason"))
				.isEqualTo("rate_limited");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, NODES })
	void sessionHasAsManyStreamsHeldAtAllNodesAsAtOne(int nodes) throws Exception {
		String id = SESSIONS.remove();
		FacilitatorClient first = nodes(nodes).get(0);
		for (int i = 0; i < CALLS + 1; i++) {
			Reply unasked = first.post("/hold",
					Payments.tracked(Payments.identified(environment, id, "pay_nobody_asked_" + i, "1000")));
			assertThat(unasked.text("errorReason")).as("counts for nothing").isEqualTo("not_held");
		}
		AtomicInteger number = new AtomicInteger();
		assertThat(Burst.of(nodes(nodes), 2, 5, (node) -> {
			Reply reply = node.post("/hold",
					Commitments.of(environment, id, "pay_of_a_stream_" + number.incrementAndGet(), "1000"));
			assertThat(reply.status() == 200 || "rate_limited".equals(reply.text("errorReason"))).as("%s", reply.body())
				.isTrue();
			return reply.status() == 200;
		})).isEqualTo(CALLS);
		assertThat(environment.client.get("/sessions/" + id).text("remaining"))
			.isEqualTo(Integer.toString(1_000_000 - CALLS * 1_000));
	}

	@Test
	void addressAsksForAsManyQuotesAtAllNodesAsAtOne() throws Exception {
		assertThat(Burst.of(nodes(NODES), 2, 10, (node) -> {
			Reply reply = node.post("/sessions/quote", Map.of());
			assertThat(reply.status()).isIn(400, 429);
			if (reply.status() == 429) {
				assertThat(reply.text("error")).isEqualTo("rate_limited");
				assertThat(Integer.parseInt(reply.header("Retry-After"))).isBetween(1, 61);
			}
			return reply.status() == 400;
		})).isEqualTo(REGISTRATIONS);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, NODES })
	void whatIsVerifiedAtAllNodesIsNoMoreThanTheSessionHas(int nodes) throws Exception {
		String id = SESSIONS.remove();
		AtomicInteger number = new AtomicInteger();
		assertThat(Burst.of(nodes(nodes), 2, 3, (node) -> node
			.verify(Payments.identified(environment, id, "pay_0123456789_" + number.incrementAndGet(), "300000"))
			.body()
			.get("isValid")
			.asBoolean())).isEqualTo(3);
		for (FacilitatorClient node : nodes(NODES)) {
			assertThat(node.settle(Payments.of(environment, id, "100001")).text("errorReason"))
				.isEqualTo("cap_exceeded");
		}
		assertThat(nodes(NODES).get(NODES - 1).settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
	}

	/** Clients of some of the nodes, and not always of the same ones. */
	private static List<FacilitatorClient> nodes(int count) {
		return SERVERS.subList(NODES - count, NODES)
			.stream()
			.map((server) -> new FacilitatorClient(server.url()))
			.toList();
	}

}
