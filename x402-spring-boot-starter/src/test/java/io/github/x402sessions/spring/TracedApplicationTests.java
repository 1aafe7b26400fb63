package io.github.x402sessions.spring;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real spans of a real tracer.
 */
class TracedApplicationTests {

	@ParameterizedTest
	@ValueSource(strings = { "/chat", "/beside" })
	void verifyAndSettleAreChildrenOfTheServersSpanInItsTrace(String path) throws Exception {
		try (RunningShop shop = new RunningShop(Application.class, "management.tracing.sampling.probability=1.0")) {
			String payment = shop.paymentFor(path);
			Spans spans = shop.bean(Spans.class);
			Eventually.holds(() -> assertThat(spans.ended).containsKey("x402.payment"));
			spans.ended.clear();
			assertThat(shop.ask(path, "PAYMENT-SIGNATURE", payment)).isEqualTo("200 goods");
			Eventually.holds(() -> assertThat(spans.ended).containsKeys("x402.verify", "x402.settle", "x402.payment",
					"http get " + path));
			MutableSpan server = spans.ended.get("http get " + path);
			for (String name : new String[] { "x402.verify", "x402.settle", "x402.payment" }) {
				MutableSpan span = spans.ended.get(name);
				assertThat(span.traceId()).as(name).isEqualTo(server.traceId());
				assertThat(span.parentId()).as(name).isEqualTo(server.id());
			}
			assertThat(spans.ended.get("x402.settle").tag("outcome")).isEqualTo("settled");
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = ServletWebSecurityAutoConfiguration.class)
	@Import({ Api.class, Spans.class })
	static class Application {

	}

	static class Spans extends SpanHandler {

		private final Map<String, MutableSpan> ended = new ConcurrentHashMap<>();

		@Override
		public boolean end(TraceContext context, MutableSpan span, Cause cause) {
			this.ended.put(String.valueOf(span.name()), span);
			return true;
		}

	}

	@RestController
	static class Api {

		@GetMapping("/chat")
		@X402Price("0.10")
		String chat() {
			return "goods";
		}

		@GetMapping("/beside")
		@X402Price(value = "0.10", settlement = SettlementTiming.DURING_HANDLER)
		String beside() {
			return "goods";
		}

	}

}
