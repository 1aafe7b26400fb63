package io.github.x402sessions.spring.free;

import java.security.Principal;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class CallersTests {

	private final PrincipalOrAddress callers = new PrincipalOrAddress();

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.2.1, true", "192.0.2.1, 192.0.2.2, false", "::ffff:192.0.2.1, 192.0.2.1, true",
			"2001:db8:1:2:3:4:5:6, 2001:db8:1:2::1, true", "[2001:db8:1:2::9], 2001:db8:1:2::1, true",
			"2001:db8:1:2::1%eth0, 2001:db8:1:2::2%eth1, true", "2001:db8:1:2::1, 2001:db8:1:3::1, false",
			"192.0.2.1:5678, 192.0.2.1, true", "[2001:db8:1:2::9]:5678, 2001:db8:1:2::1, true",
			"::192.0.2.1, ::192.0.2.1, true" })
	void anAddressIsACallerAndANetworkOfIpv6Is(String one, String other, boolean same) {
		assertThat(at(one)).isPresent();
		assertThat(at(one).equals(at(other))).isEqualTo(same);
	}

	@ParameterizedTest
	@ValueSource(strings = { "unknown", "_hidden", "", "localhost", "1.2.3", "::x", "a:b", "zz:1", "host.example:80",
			"localhost:80", "dead:80", "256.0.2.1", "192.0.2.1:", "192.0.2.1:x", "[192.0.2.1]", "[::1", "::1]" })
	void whatIsNoAddressIsNobody(String address) {
		assertThat(at(address)).isEmpty();
	}

	@Test
	void aLoginIsNoAddress() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemoteAddr("192.0.2.1");
		Principal principal = () -> "192.0.2.1";
		request.setUserPrincipal(principal);
		assertThat(this.callers.name(request)).isPresent().isNotEqualTo(at("192.0.2.1"));
		request.setUserPrincipal(() -> " ");
		assertThat(this.callers.name(request)).isEmpty();
	}

	private Optional<String> at(String address) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemoteAddr(address);
		return this.callers.name(request);
	}

}
