package io.github.x402sessions.core.http;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NameLookupTests {

	private static final URI SERVER = URI.create("http://facilitator.example:4021/verify");

	private static final Duration LONG = Eventually.PATIENCE;

	private final AtomicInteger asked = new AtomicInteger();

	@Test
	void aSlowNameServerCountsAgainstTheDeadlineAndIsAskedOnce() throws Exception {
		CountDownLatch found = new CountDownLatch(1);
		NameLookup names = new NameLookup((host) -> {
			this.asked.incrementAndGet();
			Eventually.opens(found);
			return InetAddress.getLoopbackAddress();
		});
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(HttpConnectTimeoutException.class)
				.isThrownBy(() -> names.await(SERVER, Duration.ofMillis(1)));
		}
		found.countDown();
		names.await(SERVER, LONG);
		names.await(SERVER, LONG);
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void whatIsNotKnownIsAskedAgain() {
		NameLookup names = new NameLookup((host) -> {
			this.asked.incrementAndGet();
			throw new UnknownHostException(host);
		});
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> names.await(SERVER, LONG));
		}
		assertThat(this.asked).hasValue(2);
	}

	@ParameterizedTest
	@CsvSource({ "http://127.0.0.1:1/, true", "https://[::1]:1/, true", "http://localhost/, false",
			"http://10.example/, false" })
	void knowsAddressesThatNeedNoLookup(URI server, boolean literal) {
		assertThat(NameLookup.isLiteral(server)).isEqualTo(literal);
	}

}
