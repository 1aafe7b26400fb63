package io.github.x402sessions.core.bazaar;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PublicHost}.
 */
class PublicHostTests {

	@Test
	void hostsAreWrittenInOneWay() {
		assertThat(PublicHost.normalized("Shop.EXAMPLE")).contains("shop.example");
		assertThat(PublicHost.normalized("sh%C3%B6p.example")).contains("xn--shp-tna.example");
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "127.0.0.1", "%31%32%37.0.0.1", "[::1]", "2130706433", "0x7f.1", "intranet",
			"router.local", "a.internal", "a.localhost.", "a%zz.example", "" })
	void whatOnlyThisMachineOrNetworkKnowsIsNotPublic(String host) {
		assertThat(PublicHost.normalized(host)).isEmpty();
	}

}
