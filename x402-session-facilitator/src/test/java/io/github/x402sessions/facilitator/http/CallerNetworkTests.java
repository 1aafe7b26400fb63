package io.github.x402sessions.facilitator.http;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CallerNetworkTests {

	@ParameterizedTest
	@CsvSource({ "192.0.2.7, 192.0.2.7", "2001:db8:1:2::1, 20010db800010002::/64",
			"2001:db8:1:2:ffff:ffff:ffff:ffff, 20010db800010002::/64", "2001:db8:1:3::1, 20010db800010003::/64",
			"::ffff:192.0.2.7, 192.0.2.7", "fe80::1%lo, fe80000000000000::/64", "::1, 0000000000000000::/64",
			"not:an:address, not:an:address" })
	void addressesOfOneIpv6NetworkAreOneCaller(String address, String network) {
		assertThat(CallerNetwork.of(address)).isEqualTo(network);
	}

}
