package io.github.x402sessions.spring;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CallBoundsTests {

	@ParameterizedTest
	@ValueSource(ints = { 4, 5, 6, 7, 8, 10, 50, 66, 100, 200, 8192 })
	void aQuarterOfTheThreadsIsLeft(int requests) {
		CallBounds bounds = CallBounds.within(requests);
		assertThat(bounds.verifies() + bounds.verifies() + bounds.settles()).as("verified, waiting and settled")
			.isLessThanOrEqualTo(requests * 3 / 4);
	}

	@Test
	void theyAreThoseOfTheContainer() {
		assertThat(CallBounds.within(200)).isEqualTo(new CallBounds(25, 100));
		assertThat(CallBounds.within(8192)).isEqualTo(new CallBounds(64, 4096));
		assertThat(CallBounds.within(1)).isEqualTo(new CallBounds(1, 1));
	}

}
