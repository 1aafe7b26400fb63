package io.github.x402sessions.servlet.request;

import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.servlet.ScriptedFacilitator;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PaymentHeaderReaderTests {

	private final Map<String, Object> attributes = new HashMap<>();

	private final PaymentGate gate = new PaymentGate(new ScriptedFacilitator());

	@Test
	void headerIsDecodedOnceHoweverManyFiltersAsk() {
		HttpServletRequest request = request(payment("secret-1"));

		PaymentPayload first = new PaymentHeaderReader(this.gate).read(request);

		assertThat(new PaymentHeaderReader(this.gate).read(request)).isSameAs(first);
		assertThat(new PaymentHeaderReader(new PaymentGate(new ScriptedFacilitator())).read(request))
			.as("another gate may have other limits")
			.isNotSameAs(first);
	}

	@Test
	void anotherHeaderIsAnotherPayment() {
		PaymentHeaderReader reader = new PaymentHeaderReader(this.gate);
		reader.read(request(payment("secret-1")));

		PaymentPayload other = reader.read(request(payment("secret-2")));

		assertThat(other).isNotNull();
		assertThat(other.payload()).containsEntry("sessionId", "secret-2");
	}

	@Test
	void attributesShowNothingOfIt() {
		String header = payment("secret-1");
		new PaymentHeaderReader(this.gate).read(request(header));

		assertThat(this.attributes).hasSize(1);
		assertThat(this.attributes.toString()).doesNotContain("secret-1").doesNotContain(header);
	}

	private static String payment(String sessionId) {
		return PaymentHeader.encode(PaymentPayload.of(null,
				new PaymentRequirements("session", "stellar:testnet", "1", "C", "G", 60, Map.of()),
				Map.of("sessionId", sessionId)));
	}

	private HttpServletRequest request(String header) {
		return (HttpServletRequest) Proxy.newProxyInstance(PaymentHeaderReaderTests.class.getClassLoader(),
				new Class<?>[] { HttpServletRequest.class }, (proxy, invoked, arguments) -> switch (invoked.getName()) {
					case "getHeaders" -> Collections
						.enumeration(PaymentHeader.SIGNATURE.equals(arguments[0]) ? List.of(header) : List.of());
					case "getAttribute" -> this.attributes.get((String) arguments[0]);
					case "setAttribute" -> this.attributes.put((String) arguments[0], arguments[1]);
					default -> throw new UnsupportedOperationException(invoked.getName());
				});
	}

}
