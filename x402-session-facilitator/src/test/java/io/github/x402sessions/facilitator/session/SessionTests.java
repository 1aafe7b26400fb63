package io.github.x402sessions.facilitator.session;

import java.math.BigInteger;
import java.util.List;

import io.github.x402sessions.stellar.approval.Approval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a session has left, and what its allowance has to cover.
 */
class SessionTests {

	private static final Session LIVE = session(100, 30, 20, null);

	private static final Session ENDED = session(100, 30, 20, SessionEnd.CLOSED);

	@Test
	void whatIsOnItsWayIsNotLeft() {
		assertThat(LIVE.used()).isEqualTo(50);
		assertThat(LIVE.remaining()).isEqualTo(50);
	}

	@Test
	void allowanceCoversWhatIsNotPaidYetAndOfAnEndedSessionWhatIsOnItsWay() {
		assertThat(LIVE.owed()).isEqualTo(70);
		assertThat(ENDED.owed()).isEqualTo(20);
		assertThat(Session.owed(List.of(LIVE, ENDED))).isEqualTo(90);
		assertThat(Session.inMotion(List.of(LIVE, ENDED))).isEqualTo(40);
		assertThat(Session.owed(List.of())).isZero();
	}

	@Test
	void newSessionGoesOnWithWhatTheReplacedOneHasPaid() {
		assertThat(replacing(60, null).owed()).isEqualTo(60);
		assertThat(replacing(60, LIVE).owed()).isEqualTo(30);
	}

	@ParameterizedTest
	@CsvSource({ "49, true", "50, false" })
	void capBelowWhatWasUsedIsUsedUp(long cap, boolean usedUp) {
		assertThat(replacing(cap, LIVE).isUsedUp()).isEqualTo(usedUp);
		assertThat(replacing(cap, null).isUsedUp()).isFalse();
	}

	@Test
	void onlyALiveSessionOfAtLeastItsCapMakesRoomForANewOne() {
		assertThat(replacing(100, LIVE).isCoveredByReplaced()).isTrue();
		assertThat(replacing(101, LIVE).isCoveredByReplaced()).isFalse();
		assertThat(replacing(100, ENDED).isCoveredByReplaced()).isFalse();
		assertThat(replacing(100, null).isCoveredByReplaced()).isFalse();
	}

	private static NewSession replacing(long cap, Session replaced) {
		SessionTerms terms = terms(cap);
		return new NewSession(new SessionId("token"), terms,
				new Approval(terms.approval(), "a", "p", "s", terms.cap(), 900, 10), true, replaced);
	}

	private static Session session(long cap, long spent, long reserved, SessionEnd end) {
		return new Session("key", terms(cap), 1, false, BigInteger.valueOf(spent), BigInteger.valueOf(reserved), 900,
				end, BigInteger.ZERO, false);
	}

	private static SessionTerms terms(long cap) {
		return new SessionTerms("n", "h", "p", "s", "a", "r", BigInteger.valueOf(cap), 900, null);
	}

}
