package io.github.x402sessions.servlet;

import java.net.http.HttpResponse;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.SettleResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every way to answer, with and without a settlement that succeeds, on every container.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class UnpaidHandlerTests {

	@Parameter
	Container.Kind kind;

	private PaidContainer shop;

	static Stream<String> handlers() {
		return Handlers.all().keySet().stream();
	}

	@BeforeEach
	void open() throws Exception {
		this.shop = new PaidContainer(this.kind, Handlers.all());
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	@ParameterizedTest
	@MethodSource("handlers")
	void nothingLeavesWhenTheSettlementIsRefused(String handler) throws Exception {
		this.shop.facilitator.receipt = SettleResponse.failure("cap_exceeded", null, "stellar:testnet");
		HttpResponse<String> response = this.shop.pay("/paid/" + handler);
		assertThat(response.statusCode()).isEqualTo(402);
		assertThat(response.body()).doesNotContain(Handlers.GOODS).contains("cap_exceeded");
		assertThat(response.headers().map().toString()).doesNotContain(Handlers.GOODS);
		assertThat(response.headers().map()).doesNotContainKeys("set-cookie", "location");
		assertThat(response.headers().firstValue("X-Outer")).hasValue("kept");
		assertThat(this.shop.facilitator.settled).hasValue(1);
	}

	@ParameterizedTest
	@MethodSource("handlers")
	void aPaidAnswerIsTheFreeOne(String handler) throws Exception {
		HttpResponse<String> free = this.shop.get("/free/" + handler);
		HttpResponse<String> paid = this.shop.pay("/paid/" + handler);
		assertThat(paid.statusCode()).isEqualTo(free.statusCode());
		assertThat(paid.body()).isEqualTo(free.body());
		for (String name : new String[] { "Content-Type", "X-Goods", "Location", "Content-Language" }) {
			assertThat(paid.headers().allValues(name)).as(name).isEqualTo(free.headers().allValues(name));
		}
		assertThat(paid.headers().allValues("Set-Cookie")).hasSameSizeAs(free.headers().allValues("Set-Cookie"));
		assertThat(PaidContainer.receipt(paid).success()).isTrue();
		assertThat(this.shop.facilitator.verified).hasValue(1);
		assertThat(this.shop.facilitator.settled).hasValue(1);
	}

}
