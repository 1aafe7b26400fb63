package io.github.x402sessions.core.facilitator;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a {@link Facilitator} can be asked reaches the one that is stood for, also
 * what is added to the interface with a default.
 */
class DelegatingFacilitatorTests {

	private static final SupportedKind KIND = new SupportedKind(2, "session", "stellar:testnet", Map.of());

	private static final Map<Class<?>, Object> ARGUMENTS = Map.of(FacilitatorRequest.class, Samples.REQUEST,
			Duration.class, Duration.ofSeconds(7));

	private static final Map<Class<?>, Object> ANSWERS = Map.of(SupportedResponse.class,
			new SupportedResponse(List.of(KIND), List.of(), Map.of()), VerifyResponse.class, VerifyResponse.valid("GP"),
			SettleResponse.class, SettleResponse.failure("no", null, "stellar:testnet"), Duration.class,
			Duration.ofSeconds(5), Optional.class, Optional.empty(), SettlementPlaces.class, new SettlementPlaces(3));

	/** What was asked, with its arguments. */
	private final List<List<Object>> asked = new ArrayList<>();

	private final Facilitator target = (Facilitator) Proxy.newProxyInstance(Facilitator.class.getClassLoader(),
			new Class<?>[] { Facilitator.class }, this::answer);

	private final Facilitator plain = new DelegatingFacilitator() {

		@Override
		protected Facilitator delegate() {
			return DelegatingFacilitatorTests.this.target;
		}

	};

	private Object answer(Object proxy, Method method, Object[] arguments) {
		if (method.getName().equals("find")) {
			return Optional.of(new FacilitatedKind(KIND, List.of(), (Facilitator) proxy));
		}
		this.asked.add(call(method, (arguments != null) ? arguments : new Object[0]));
		return ANSWERS.get(method.getReturnType());
	}

	private static List<Object> call(Method method, Object[] arguments) {
		return Stream.concat(Stream.of(method), Arrays.stream(arguments)).toList();
	}

	/** All but the one that says who handles a kind: the one that stands for another. */
	static Stream<Method> calls() {
		return Arrays.stream(Facilitator.class.getMethods()).filter((method) -> !method.getName().equals("find"));
	}

	static Stream<Method> payments() {
		return calls().filter((method) -> List.of(method.getParameterTypes()).contains(FacilitatorRequest.class));
	}

	@ParameterizedTest
	@MethodSource("calls")
	void everyCallIsPassedOn(Method method) throws Exception {
		assertIsPassedOn(method, this.plain);
	}

	@ParameterizedTest
	@MethodSource("payments")
	void everyPaymentGetsToWhomItIsFor(Method method) throws Exception {
		assertIsPassedOn(method, new CompositeFacilitator(List.of(this.target)));
	}

	private void assertIsPassedOn(Method method, Facilitator by) throws Exception {
		Object[] arguments = Arrays.stream(method.getParameterTypes()).map(ARGUMENTS::get).toArray();
		assertThat(arguments).as("this test knows what to ask").doesNotContainNull();
		assertThat(method.invoke(by, arguments)).isNotNull().isSameAs(ANSWERS.get(method.getReturnType()));
		assertThat(this.asked).containsExactly(call(method, arguments));
	}

	@ParameterizedTest
	@MethodSource("payments")
	void noPaymentGetsPastWhatIsAdded(Method method) throws Exception {
		assertThat(DelegatingFacilitator.class.getMethod(method.getName(), method.getParameterTypes()).getModifiers())
			.matches(Modifier::isFinal);
	}

	@Test
	void whoStandsForAnotherHandlesItsKinds() {
		assertThat(this.plain.find("session", "stellar:testnet").orElseThrow().facilitator()).isSameAs(this.plain);
	}

}
