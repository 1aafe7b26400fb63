package io.github.x402sessions.servlet;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.servlet.SettlementRule.Reply;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The {@link SettlementRule}s, on every container.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class SettlementRuleTests {

	private static final Map<SettlementTiming, PaidContainer> shops = new EnumMap<>(SettlementTiming.class);

	SettlementRuleTests(Container.Kind kind) {
	}

	@BeforeParameterizedClassInvocation
	static void open(Container.Kind kind) throws Exception {
		for (SettlementTiming timing : SettlementTiming.values()) {
			shops.put(timing, new PaidContainer(kind, handlers(), (route) -> route.withTiming(timing), (builder) -> {
			}));
		}
	}

	@AfterParameterizedClassInvocation
	static void close() {
		shops.values().forEach(PaidContainer::close);
	}

	@ParameterizedTest
	@MethodSource("io.github.x402sessions.servlet.SettlementRule#all")
	void theRuleHolds(SettlementRule rule) throws Exception {
		PaidContainer shop = shops.get(rule.timing());
		rule.check(shop.facilitator, (asked) -> shop.pay("/paid/" + asked.reply().path()));
	}

	private static Map<String, Handlers.Handler> handlers() {
		Map<String, Handlers.Handler> handlers = new HashMap<>();
		handlers.put(Reply.PLAIN.path(), (request, response) -> response.getWriter().print(Handlers.GOODS));
		handlers.put(Reply.FLUSHED.path(), Handlers.all().get("flushed"));
		handlers.put(Reply.LONG.path(), Handlers.all().get("overBudget"));
		handlers.put(Reply.EMPTY.path(), Handlers.all().get("noContent"));
		handlers.put(Reply.REDIRECT.path(), Handlers.all().get("redirectByHeader"));
		handlers.put(Reply.FAILURE.path(), (request, response) -> response.setStatus(422));
		handlers.put(Reply.THROWN.path(), (request, response) -> {
			throw new IllegalStateException("thrown");
		});
		return handlers;
	}

}
