package io.github.x402sessions.spring.autoconfigure;

import java.lang.reflect.RecordComponent;

import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.SupportedKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

class X402RuntimeHintsTests {

	private final RuntimeHints hints = new RuntimeHints();

	X402RuntimeHintsTests() {
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)
			.forEach((registrar) -> registrar.registerHints(this.hints, getClass().getClassLoader()));
	}

	@ParameterizedTest
	@ValueSource(classes = { PaymentRequirements.class, ResourceInfo.class, SupportedKind.class })
	void recordsOnTheWireCanBeReadAndWritten(Class<?> type) {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(type)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).accepts(this.hints);
		for (RecordComponent component : type.getRecordComponents()) {
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(component.getAccessor()))
				.accepts(this.hints);
		}
	}

	@Test
	void thePageHasItsScripts() {
		assertThat(RuntimeHintsPredicates.resource().forResource("io/github/x402sessions/core/page/pay-page.js"))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.resource()
			.forResource("io/github/x402sessions/core/page/freighter-api/freighter-api-6.0.1.min.js"))
			.accepts(this.hints);
	}

	@Test
	void theFacilitatorsClientIsAProxy() throws Exception {
		Class<?> api = Class.forName("io.github.x402sessions.core.facilitator.http.FacilitatorApi");
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(api)).accepts(this.hints);
	}

}
