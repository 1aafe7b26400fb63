package io.github.x402sessions.spring.free;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.terms.FreeCalls;
import io.github.x402sessions.fixtures.CapturedLog;
import io.github.x402sessions.spring.FreeCaller;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class FreeQuotaTests {

	private static final FreeCalls TWO = new FreeCalls(null, 2, "GET /trial");

	private static final FreeCaller ANYBODY = (request) -> Optional.of("anybody");

	private Instant now = Instant.parse("2026-03-28T22:59:59Z");

	private final FreeQuota quota = quota(new MemoryFreeCalls(), ANYBODY);

	private FreeQuota quota(FreeCallCounter counter, FreeCaller caller) {
		return new FreeQuota(counter, caller, FreeCallKeys.ofThisInstance(), () -> this.now,
				ZoneId.of("Europe/Berlin"));
	}

	@Test
	void aDayEndsAtMidnightOfItsZoneAndMayHave23Hours() {
		assertThat(taken(3)).isEqualTo(2);
		this.now = this.now.plusSeconds(1);
		assertThat(taken(3)).isEqualTo(2);
		this.now = this.now.plus(Duration.ofHours(23)).minusSeconds(1);
		assertThat(taken(3)).isZero();
		this.now = this.now.plusSeconds(1);
		assertThat(taken(3)).isEqualTo(2);
	}

	@Test
	void aClockThatGoesBackGivesNothing() {
		this.now = this.now.plusSeconds(1);
		assertThat(taken(1)).isEqualTo(1);
		this.now = this.now.minusSeconds(1);
		assertThat(taken(1)).isZero();
	}

	@Test
	void aCallIsGivenBackOnce() {
		MockHttpServletRequest request = request();
		assertThat(this.quota.take(request, TWO)).isTrue();
		assertThat(taken(2)).isEqualTo(1);
		this.quota.end(request, false);
		this.quota.end(request, false);
		assertThat(taken(2)).isEqualTo(1);
	}

	/** It would be used for as long as its client likes. */
	@Test
	void whatChangesTheProtocolTakesNone() {
		MockHttpServletRequest socket = request();
		socket.addHeader("Upgrade", "WebSocket");
		assertThat(this.quota.take(socket, TWO)).isFalse();
		MockHttpServletRequest newer = request();
		newer.addHeader("Upgrade", "h2c");
		assertThat(this.quota.take(newer, TWO)).isTrue();
		assertThat(taken(2)).isEqualTo(1);
	}

	@Test
	void whoIsNotKnownHasNone() {
		assertThat(quota(new MemoryFreeCalls(), (request) -> Optional.empty()).take(request(), TWO)).isFalse();
		assertThat(quota(new MemoryFreeCalls(), (request) -> Optional.of(" ")).take(request(), TWO)).isFalse();
		assertThat(quota(new MemoryFreeCalls(), (request) -> {
			throw new IllegalArgumentException("expected");
		}).take(request(), TWO)).isFalse();
	}

	@Test
	void whatCannotBeCountedIsChargedAndSaidOnce() {
		Failing counter = new Failing();
		FreeQuota failing = quota(counter, ANYBODY);
		try (CapturedLog log = CapturedLog.of(FreeQuota.class, Level.INFO)) {
			assertThat(failing.take(request(), TWO)).isFalse();
			assertThat(failing.take(request(), TWO)).isFalse();
			assertThat(log.messages()).singleElement().asString().contains("a test", "charged", "away");
			counter.away = false;
			this.now = this.now.plus(FreeQuota.PAUSE);
			MockHttpServletRequest request = request();
			assertThat(failing.take(request, TWO)).isTrue();
			counter.away = true;
			failing.end(request, false);
			assertThat(log.messages()).hasSize(3);
		}
	}

	@Test
	void keysTellNobodyWhoCalls() {
		List<String> keys = new ArrayList<>();
		FreeQuota kept = quota(new Failing() {

			@Override
			public boolean take(String key, int limit, Instant end) {
				return keys.add(key);
			}

		}, ANYBODY);
		kept.take(request(), TWO);
		kept.take(request(), new FreeCalls(null, 2, "GET /other"));
		this.now = this.now.plus(Duration.ofDays(1));
		kept.take(request(), TWO);
		assertThat(keys).doesNotHaveDuplicates().hasSize(3).allMatch((key) -> key.matches("[0-9a-f]{64}"));
	}

	/** There are few enough addresses to try them all. */
	@Test
	void whoDoesNotKnowTheSecretCannotTryAddresses() {
		LocalDate day = LocalDate.of(2026, 3, 28);
		String key = FreeCallKeys.shared("secret").of("GET /trial", day, "address 192.0.2.1");
		assertThat(FreeCallKeys.shared(" secret\n").of("GET /trial", day, "address 192.0.2.1")).isEqualTo(key);
		assertThat(FreeCallKeys.shared("other").of("GET /trial", day, "address 192.0.2.1")).isNotEqualTo(key);
		assertThat(FreeCallKeys.ofThisInstance().of("GET /trial", day, "address 192.0.2.1"))
			.isNotEqualTo(FreeCallKeys.ofThisInstance().of("GET /trial", day, "address 192.0.2.1"));
		assertThat(key).isNotEqualTo(Sha256.hex("GET /trial\n2026-03-28\naddress 192.0.2.1"));
	}

	/** Whoever has 65 536 networks is given no more than some of them. */
	@Test
	void aGroupHasTheCallsOfSomeOfItsCallers() {
		FreeQuota networks = quota(new MemoryFreeCalls(), new PrincipalOrAddress());
		int taken = 0;
		for (int i = 0; i < 100; i++) {
			taken += networks.take(from("2001:db8:1:" + Integer.toHexString(i) + "::1"), TWO) ? 1 : 0;
		}
		assertThat(taken).isEqualTo(2 * FreeQuota.GROUP_CALLERS);
		assertThat(networks.take(from("2001:db8:2::1"), TWO)).isTrue();
		assertThat(networks.take(from("192.0.2.1"), TWO)).isTrue();
	}

	@Test
	void whatACallerHasNotLeftIsLeftOfHisGroup() {
		FreeQuota networks = quota(new MemoryFreeCalls(), new PrincipalOrAddress());
		MockHttpServletRequest first = from("2001:db8:1:1::1");
		assertThat(networks.take(first, TWO)).isTrue();
		networks.end(first, false);
		int taken = 0;
		for (int i = 0; i < 100; i++) {
			taken += networks.take(from("2001:db8:1:1::1"), TWO) ? 1 : 0;
		}
		for (int i = 2; i < 100; i++) {
			taken += networks.take(from("2001:db8:1:" + i + "::1"), TWO) ? 1 : 0;
		}
		assertThat(taken).isEqualTo(2 * FreeQuota.GROUP_CALLERS);
	}

	private static MockHttpServletRequest from(String address) {
		MockHttpServletRequest request = request();
		request.setRemoteAddr(address);
		return request;
	}

	@Test
	void whoCannotBeNamedKeepsNobodyElseFromFreeCalls() {
		FreeQuota some = quota(new MemoryFreeCalls(), (request) -> {
			if (request.getHeader("X-Odd") != null) {
				throw new IllegalArgumentException("expected");
			}
			return Optional.of("somebody");
		});
		MockHttpServletRequest odd = request();
		odd.addHeader("X-Odd", "yes");
		assertThat(some.take(odd, TWO)).isFalse();
		assertThat(some.take(request(), TWO)).isTrue();
	}

	@Test
	void whoComesWhenTheMemoryIsFullHasNone() {
		MemoryFreeCalls counts = new MemoryFreeCalls();
		Instant end = this.now;
		for (int i = 0; i < MemoryFreeCalls.MAX_COUNTS; i++) {
			counts.take("key " + i, 2, end);
		}
		assertThat(counts.take("one more", 2, end)).isFalse();
		assertThat(counts.take("key 7", 2, end)).isTrue();
		assertThat(counts.take("key 7", 2, end)).isFalse();
		assertThat(counts.take("one more", 2, end.plusSeconds(1))).isTrue();
	}

	@Test
	void whatDoesNotAnswerIsLeftAloneForAMoment() {
		Failing counter = new Failing();
		FreeQuota failing = quota(counter, ANYBODY);
		MockHttpServletRequest before = request();
		counter.away = false;
		assertThat(failing.take(before, TWO)).isTrue();
		counter.away = true;
		for (int i = 0; i < 10; i++) {
			assertThat(failing.take(request(), TWO)).isFalse();
		}
		failing.end(before, false);
		assertThat(counter.asked).isEqualTo(2);
		this.now = this.now.plus(FreeQuota.PAUSE);
		assertThat(failing.take(request(), TWO)).isFalse();
		assertThat(failing.take(request(), TWO)).isFalse();
		assertThat(counter.asked).isEqualTo(3);
		counter.away = false;
		this.now = this.now.plus(FreeQuota.PAUSE);
		assertThat(failing.take(request(), TWO)).isTrue();
		assertThat(failing.take(request(), TWO)).isTrue();
	}

	private int taken(int times) {
		int taken = 0;
		for (int i = 0; i < times; i++) {
			taken += this.quota.take(request(), TWO) ? 1 : 0;
		}
		return taken;
	}

	private static MockHttpServletRequest request() {
		return new MockHttpServletRequest("GET", "/trial");
	}

	/** A counter that is out of reach. */
	private static class Failing implements FreeCallCounter {

		boolean away = true;

		int asked;

		@Override
		public boolean take(String key, int limit, Instant end) {
			giveBack(key, end);
			return true;
		}

		@Override
		public void giveBack(String key, Instant end) {
			this.asked++;
			if (this.away) {
				throw new IllegalStateException("away");
			}
		}

		@Override
		public String place() {
			return "a test";
		}

	}

}
