package io.github.x402sessions.spring;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.servlet.PaymentFilter;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with MockMvc see what clients see. Boot's {@code @AutoConfigureMockMvc} adds the
 * registered filter by itself.
 */
@SpringBootTest(properties = "x402.pay-to=GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG")
class MockMvcTests {

	@Test
	void chargesAsOnAPort(@Autowired WebApplicationContext context,
			@Autowired FilterRegistrationBean<PaymentFilter> filter) {
		MockMvcTester mvc = MockMvcTester.from(context, (builder) -> builder.addFilters(filter.getFilter()).build());
		MvcTestResult unpaid = mvc.get().uri("/chat").exchange();
		assertThat(unpaid).hasStatus(402);
		PaymentRequired challenge = PaymentHeader.decode(unpaid.getResponse().getHeader(PaymentHeader.REQUIRED),
				PaymentRequired.class, 65536);
		String payment = PaymentHeader
			.encode(PaymentPayload.of(null, challenge.accepts().get(0), Map.of("sessionId", "s")));
		assertThat(mvc.get().uri("/chat").header(PaymentHeader.SIGNATURE, payment)).hasStatusOk()
			.hasBodyTextEqualTo("goods");
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Api.class)
	static class Application {

		@Bean
		Facilitator facilitator() {
			return new Facilitator() {

				@Override
				public SupportedResponse supported() {
					return new SupportedResponse(List.of(new SupportedKind(2, "session", "stellar:testnet", Map.of())),
							List.of(), Map.of());
				}

				@Override
				public VerifyResponse verify(FacilitatorRequest request) {
					return new VerifyResponse(true, null, null, "GP", null);
				}

				@Override
				public SettleResponse settle(FacilitatorRequest request) {
					return new SettleResponse(true, null, null, "GP",
							UUID.randomUUID().toString().replace("-", "").repeat(2), "stellar:testnet", null, null);
				}

			};
		}

	}

	@RestController
	static class Api {

		@GetMapping("/chat")
		@X402Price("0.10")
		String chat() {
			return "goods";
		}

	}

}
