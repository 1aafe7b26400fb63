package io.github.x402sessions.facilitator.session;

import java.util.HashSet;
import java.util.Set;

import io.github.x402sessions.facilitator.key.TestSpenders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SessionRulesTests {

	@ParameterizedTest
	@CsvSource({ "12, 888, false", "12, 889, true", "12, 901, true", "0, 900, false", "0, 901, true" })
	void sessionEndsBeforeItsLastLedgerByTheMargin(long margin, long latestLedger, boolean expired) {
		assertThat(rules(null, margin).hasExpired(900, latestLedger)).isEqualTo(expired);
	}

	@Test
	void withoutAListEverybodyIsServed() {
		assertThat(rules(null, 0).serves("GANYBODY")).isTrue();
		assertThat(rules(Set.of("GSHOP"), 0).serves("GSHOP")).isTrue();
		assertThat(rules(Set.of("GSHOP"), 0).serves("GANYBODY")).isFalse();
		assertThat(rules(Set.of(), 0).serves("GSHOP")).isFalse();
	}

	@Test
	void listsDoNotChange() {
		Set<String> served = new HashSet<>(Set.of("GSHOP"));
		SessionRules rules = rules(served, 0);
		served.add("GEVIL");
		assertThat(rules.serves("GEVIL")).isFalse();
	}

	private static SessionRules rules(Set<String> served, long margin) {
		return new SessionRules("n", TestSpenders.named("spender"), Set.of(), Set.of(), served, margin, false);
	}

}
