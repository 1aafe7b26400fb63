package io.github.x402sessions.servlet;

import java.net.http.HttpResponse;
import java.util.Map;

import io.github.x402sessions.core.protocol.PaymentHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * After the commit point an answer is what it was then, whatever the container still
 * keeps in its buffers: a failure does not turn into goods, nor goods into a failure.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class CommittedResponseTests {

	@Parameter
	Container.Kind kind;

	private PaidContainer shop;

	@AfterEach
	void close() {
		this.shop.close();
	}

	@Test
	void aFailureThatWasClosedStaysOne() throws Exception {
		HttpResponse<String> response = pay((request, answer) -> {
			answer.setStatus(404);
			answer.getOutputStream().close();
			answer.setStatus(200);
			answer.setHeader("X-Goods", Handlers.GOODS);
			answer.getOutputStream().print(Handlers.GOODS);
		});
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body()).isEmpty();
		assertThat(response.headers().firstValue("X-Goods")).isEmpty();
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	@Test
	void aFailureOverTheBudgetCannotBeTakenBack() throws Exception {
		HttpResponse<String> response = pay((request, answer) -> {
			answer.setBufferSize(1 << 20);
			answer.setStatus(500);
			answer.getOutputStream().write(new byte[PaidContainer.BUDGET + 1]);
			assertThat(answer.isCommitted()).isTrue();
			assertThatIllegalStateException().isThrownBy(answer::reset);
			assertThatIllegalStateException().isThrownBy(answer::resetBuffer);
			assertThatIllegalStateException().isThrownBy(() -> answer.setBufferSize(1));
			assertThatIllegalStateException().isThrownBy(() -> answer.sendRedirect("/" + Handlers.GOODS));
			answer.setStatus(200);
		});
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).hasSize(PaidContainer.BUDGET + 1);
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	@Test
	void whatWasPaidForKeepsItsReceipt() throws Exception {
		HttpResponse<String> response = pay((request, answer) -> {
			answer.setBufferSize(1 << 20);
			answer.getOutputStream().write(new byte[PaidContainer.BUDGET + 1]);
			assertThatIllegalStateException().isThrownBy(answer::reset);
			assertThatIllegalStateException().isThrownBy(() -> answer.sendError(500));
			answer.setStatus(500);
			answer.setHeader(PaymentHeader.RESPONSE, "forged");
		});
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(PaidContainer.receipt(response).success()).isTrue();
		assertThat(response.headers().firstValue("X-Outer")).hasValue("kept");
	}

	@Test
	void anErrorThatWasSentCannotBeTakenBack() throws Exception {
		HttpResponse<String> response = pay((request, answer) -> {
			answer.sendError(404);
			assertThatIllegalStateException().isThrownBy(answer::reset);
		});
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.headers().firstValue("X-Outer")).hasValue("kept");
	}

	@Test
	void headersWithoutAValueAreNone() throws Exception {
		HttpResponse<String> response = pay((request, answer) -> {
			answer.addHeader("X-Nothing", null);
			answer.setHeader("X-Nothing", null);
			answer.getOutputStream().print(Boolean.toString(answer.containsHeader("X-Nothing")));
		});
		assertThat(response.body()).isEqualTo("false");
	}

	private HttpResponse<String> pay(Handlers.Handler handler) throws Exception {
		this.shop = new PaidContainer(this.kind, Map.of("it", handler));
		return this.shop.pay("/paid/it");
	}

}
