package io.github.x402sessions.mcp;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.CommonTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.test.ScriptedFacilitator;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tools of the SDK's own servers, over all transports, with clients that hear every byte.
 */
class PaidToolsTests {

	static final String SECRET = "cormorant-4711";

	private static final CommonTerms TERMS = CommonTerms.of(CommonTerms.DEFAULT_SCHEME, CommonTerms.DEFAULT_NETWORK,
			null, null, "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG");

	private final ScriptedFacilitator facilitator = ScriptedFacilitator.create();

	private final AtomicInteger runs = new AtomicInteger();

	static Stream<Arguments> servers() {
		return Arrays.stream(Wire.values())
			.flatMap((wire) -> Stream.of(Arguments.of(wire, false), Arguments.of(wire, true)));
	}

	static Stream<Arguments> serversAndTimings() {
		return servers().flatMap((server) -> Arrays.stream(SettlementTiming.values())
			.map((timing) -> Arguments.of(server.get()[0], server.get()[1], timing)));
	}

	static PricedRoute route(String tool, String price) {
		return TERMS.route(ToolPrices.routeName(tool), price, null, null);
	}

	private PaidToolsBuilder paid(String tool, SettlementTiming timing) {
		return PaidTools.builder(new PaymentGate(this.facilitator)).price(tool, route(tool, "0.05").withTiming(timing));
	}

	private TestTool secret() {
		return TestTool.of("secret", (request, client) -> {
			this.runs.incrementAndGet();
			client.accept("working on " + SECRET);
			return TestTool.text(SECRET + " for " + request.arguments().get("for"));
		});
	}

	@ParameterizedTest
	@MethodSource("serversAndTimings")
	void aToolIsPaidFor(Wire wire, boolean async, SettlementTiming timing) throws Exception {
		try (Agent agent = wire.serve(paid("secret", timing).build(), async, List.of(secret()))) {
			CallToolResult challenge = agent.call("secret", Map.of("for", "me"));
			assertThat(Agent.terms(challenge).accepts().get(0).amount()).isEqualTo("500000");
			assertThat(Agent.terms(challenge).resource().url()).isEqualTo("mcp://tool/secret");
			assertThat(Agent.terms(challenge).error()).isNull();
			assertThat(challenge.meta()).isNull();
			assertThat(this.runs).hasValue(0);
			assertThat(agent.received()).doesNotContain(SECRET);
			CallToolResult bought = agent.pay("secret", Map.of("for", "me"), Agent.payment(challenge));
			assertThat(Agent.text(bought)).isEqualTo(SECRET + " for me");
			assertThat(Agent.receipt(bought)).extracting(SettleResponse::success, SettleResponse::transaction)
				.containsExactly(true, "%064x".formatted(1));
			assertThat(this.runs).hasValue(1);
			assertThat(this.facilitator.settled()).extracting(PaymentRequirements::amount).containsExactly("500000");
		}
	}

	@ParameterizedTest
	@MethodSource("serversAndTimings")
	void nothingLeavesThatIsNotPaid(Wire wire, boolean async, SettlementTiming timing) throws Exception {
		try (Agent agent = wire.serve(paid("secret", timing).build(), async, List.of(secret()))) {
			assertThat(withheld(agent, (script) -> script.refuse("cap_exceeded"), "cap_exceeded")).isNotNull();
			assertThat(this.runs).hasValue(0);
			assertThat(withheld(agent, (script) -> script.refuseToSettle("insufficient_funds"), "insufficient_funds"))
				.extracting(SettleResponse::success, SettleResponse::errorReason)
				.containsExactly(false, "insufficient_funds");
			assertThat(withheld(agent, ScriptedFacilitator::forget, "settlement_unknown"))
				.extracting(SettleResponse::errorReason)
				.isEqualTo("settlement_unknown");
			assertThat(withheld(agent, ScriptedFacilitator::fail, "facilitator_unavailable")).isNull();
			this.facilitator.approve();
			assertThat(Agent.text(agent.buy("secret", Map.of("for", "me")))).isEqualTo(SECRET + " for me");
		}
	}

	private SettleResponse withheld(Agent agent, Consumer<ScriptedFacilitator> failure, String reason) {
		CallToolResult challenge = agent.call("secret", Map.of("for", "me"));
		failure.accept(this.facilitator);
		CallToolResult refusal = agent.pay("secret", Map.of("for", "me"), Agent.payment(challenge));
		this.facilitator.approve();
		assertThat(Agent.terms(refusal).error()).isEqualTo(reason);
		assertThat(Agent.terms(refusal).accepts()).hasSize(1);
		assertThat(agent.received()).doesNotContain(SECRET);
		return Agent.receipt(refusal);
	}

	@ParameterizedTest
	@MethodSource("servers")
	void whatIsNoPaymentIsRefused(Wire wire, boolean async) throws Exception {
		try (Agent agent = wire.serve(paid("secret", SettlementTiming.AT_COMMIT).build(), async, List.of(secret()))) {
			assertThat(Agent.terms(agent.send("secret", Map.of(), "a header")).error())
				.startsWith("malformed_payment: ");
			assertThat(Agent.terms(agent.send("secret", Map.of(), Map.of("x402Version", 2))).error())
				.isEqualTo("malformed_payment: 'accepted' is missing");
			assertThat(Agent.terms(agent.send("secret", Map.of(), "x".repeat(9000))).error())
				.isEqualTo("malformed_payment: longer than 8192 characters");
			assertThat(this.runs).hasValue(0);
			assertThat(agent.received()).doesNotContain(SECRET);
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void aFailureCostsNothing(Wire wire, boolean async) throws Exception {
		TestTool failing = TestTool.of("secret", (request, client) -> ToolResults.error("no such city"));
		TestTool throwing = TestTool.of("thrown", (request, client) -> {
			throw new IllegalStateException("broken");
		});
		PaidTools paid = paid("secret", SettlementTiming.AT_COMMIT).price("thrown", route("thrown", "0.01")).build();
		try (Agent agent = wire.serve(paid, async, List.of(failing, throwing))) {
			CallToolResult failed = agent.buy("secret", Map.of());
			assertThat(failed.isError()).isTrue();
			assertThat(Agent.text(failed)).isEqualTo("no such city");
			assertThat(failed.meta()).isNull();
			assertThatThrownBy(() -> agent.buy("thrown", Map.of())).satisfies(PaidToolsTests::isToldOrCutOff);
			assertThat(this.facilitator.settled()).isEmpty();
		}
	}

	/**
	 * Servers of the SDK may lose the error of any blocking tool that throws at once:
	 * Reactor interrupts the thread of a task that fails before the thread which has
	 * submitted it has noted where it runs, and a container writes nothing for an
	 * interrupted thread.
	 */
	private static void isToldOrCutOff(Throwable error) {
		assertThat(error).satisfiesAnyOf((told) -> assertThat(told).hasMessageContaining("broken"),
				(cut) -> assertThat(cut).hasRootCauseInstanceOf(IOException.class),
				(lost) -> assertThat(lost).hasRootCauseInstanceOf(TimeoutException.class));
	}

	@ParameterizedTest
	@MethodSource("servers")
	void aFailureThatWasPaidBeforeHasItsReceipt(Wire wire, boolean async) throws Exception {
		AtomicInteger told = new AtomicInteger();
		ToolPaymentListener listener = new ToolPaymentListener() {

			@Override
			public void onPaidButFailed(io.github.x402sessions.core.payment.Payment payment, SettleResponse receipt,
					int status) {
				told.addAndGet(status);
			}

		};
		TestTool throwing = TestTool.of("secret", (request, client) -> {
			throw new IllegalStateException("broken");
		});
		try (Agent agent = wire.serve(paid("secret", SettlementTiming.BEFORE_HANDLER).listener(listener).build(), async,
				List.of(throwing))) {
			CallToolResult failed = agent.buy("secret", Map.of());
			assertThat(failed.isError()).isTrue();
			assertThat(Agent.receipt(failed)).extracting(SettleResponse::success).isEqualTo(true);
			assertThat(agent.received()).doesNotContain("broken");
			assertThat(told).hasValue(500);
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void freeToolsAreLeftAloneAndPricesListed(Wire wire, boolean async) throws Exception {
		TestTool free = TestTool.of("help", (request, client) -> TestTool.text("meta " + request.meta()));
		try (Agent agent = wire.serve(paid("secret", SettlementTiming.AT_COMMIT).build(), async,
				List.of(secret(), free))) {
			assertThat(Agent.text(agent.send("help", Map.of(), "anything"))).isEqualTo("meta {x402/payment=anything}");
			Tool listed = agent.tools()
				.stream()
				.filter((tool) -> tool.name().equals("secret"))
				.findFirst()
				.orElseThrow();
			assertThat(listed.meta()).containsKey(PaidTools.PRICE);
			assertThat(listed.meta().get(PaidTools.PRICE).toString()).contains("amount=500000", "mcp://tool/secret");
			assertThat(agent.tools()).filteredOn((tool) -> tool.name().equals("help"))
				.extracting(Tool::meta)
				.containsOnlyNulls();
		}
	}

	@ParameterizedTest
	@MethodSource("servers")
	void aFacilitatorThatTakesTimeIsWaitedFor(Wire wire, boolean async) throws Exception {
		try (Agent agent = wire.serve(paid("secret", SettlementTiming.AT_COMMIT).build(), async, List.of(secret()))) {
			CallToolResult challenge = agent.call("secret", Map.of("for", "me"));
			this.facilitator.delay(Duration.ofMillis(300));
			assertThat(Agent.text(agent.pay("secret", Map.of("for", "me"), Agent.payment(challenge))))
				.isEqualTo(SECRET + " for me");
		}
	}

}
