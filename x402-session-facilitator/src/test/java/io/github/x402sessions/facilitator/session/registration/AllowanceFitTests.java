package io.github.x402sessions.facilitator.session.registration;

import java.math.BigInteger;
import java.util.List;

import io.github.x402sessions.facilitator.session.AllowanceReduction;
import io.github.x402sessions.facilitator.session.NewSession;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionId;
import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.stellar.approval.Approval;
import io.github.x402sessions.stellar.balance.Allowance;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who gives way to a new session of the same allowance. The new one is of 100, approved
 * in ledger 20 until ledger 900.
 */
class AllowanceFitTests {

	private static final Session OLD = session("old", 40, 0, 10, true);

	private static final Session UNSIGNED = session("unsigned", 40, 0, 10, false);

	private static final Session MOVING = session("moving", 40, 5, 10, true);

	private static final Session LATER = session("later", 40, 0, 21, true);

	@Test
	void allThatFitGoOn() {
		AllowanceFit fit = fit(added(100, true), 140, OLD);
		assertThat(fit.isComplete()).isTrue();
		assertThat(fit.cuts().isNothing()).isTrue();
		assertThat(fit(added(100, true), 139, OLD).isComplete()).isFalse();
	}

	@Test
	void olderOnesGiveWay() {
		AllowanceReduction cuts = fit(added(100, true), 139, OLD).cuts();
		assertThat(cuts.ended()).containsExactly(OLD);
		assertThat(cuts.reason()).isEqualTo(SessionEnd.SUPERSEDED);
	}

	@Test
	void laterApproveDoesNotGiveWay() {
		assertRefused(fit(added(100, true), 100, LATER), "a later approve");
	}

	@Test
	void signedSessionGivesWayToNobodyWhoDidNotSign() {
		assertThat(fit(added(100, false), 100, UNSIGNED).cuts().ended()).containsExactly(UNSIGNED);
		assertThatExceptionOfType(RegistrationException.class).isThrownBy(() -> fit(added(100, false), 100, OLD).cuts())
			.matches(RegistrationException::isConflict);
	}

	@Test
	void newOneHasToFitAlone() {
		assertRefused(fit(added(100, true), 99), "no longer covers 'cap'");
		assertRefused(new AllowanceFit(added(100, true), List.of(), new Allowance(BigInteger.valueOf(100), 899, 30)),
				"ends before 'expirationLedger'");
	}

	@Test
	void whoDidNotSignNamesAllThatTheApproveIsForOrWhatOthersNeedOfIt() {
		assertThat(fit(added(100, 140, true), 140).cuts().isNothing()).as("who signed may approve for more").isTrue();
		assertRefused(fit(added(100, 140, false), 140), "more than 'cap'");
		assertThat(fit(added(100, 140, false), 140, UNSIGNED).cuts().isNothing()).isTrue();
		assertRefused(fit(added(100, 139, false), 140, UNSIGNED), "more than 'cap'");
	}

	@Test
	void nodeHasToHaveSeenAllApproves() {
		assertThat(read(20, OLD).isCurrent()).isTrue();
		assertThat(read(19, OLD).isCurrent()).isFalse();
		assertThat(read(20, LATER).isCurrent()).isFalse();
		assertThat(read(21, LATER).isCurrent()).isTrue();
	}

	/** The next look at the allowance would end it. */
	@Test
	void newOneHasToFitBesidesWhatOthersHavePromised() {
		Session promising = promising(null);
		Session inDefault = promising(SessionEnd.DEFAULTED);
		assertRefused(fit(added(100, true), 104, promising), "have promised");
		assertThat(fit(added(100, true), 105, promising).cuts().ended()).containsExactly(promising);
		assertRefused(fit(added(100, true), 104, inDefault), "have promised");
		assertThat(fit(added(100, true), 105, inDefault).cuts().isNothing()).isTrue();
	}

	@Test
	void paymentOnItsWayIsMotion() {
		assertThat(fit(added(100, true), 140, OLD).isInMotion()).isFalse();
		assertThat(fit(added(100, true), 140, OLD, MOVING).isInMotion()).isTrue();
		NewSession replacing = new NewSession(new SessionId("t"), terms("new", 100), approval(100), true, MOVING);
		assertThat(fit(replacing, 140).isInMotion()).isTrue();
	}

	private static AllowanceFit read(long ledger, Session other) {
		return new AllowanceFit(added(100, true), List.of(other), new Allowance(BigInteger.valueOf(140), 900, ledger));
	}

	private static AllowanceFit fit(NewSession added, long allowed, Session... others) {
		return new AllowanceFit(added, List.of(others), new Allowance(BigInteger.valueOf(allowed), 900, 30));
	}

	private static NewSession added(long cap, boolean proven) {
		return added(cap, cap, proven);
	}

	private static NewSession added(long cap, long approved, boolean proven) {
		return new NewSession(new SessionId("t"), terms("new", cap), approval(approved), proven, null);
	}

	private static Approval approval(long amount) {
		return new Approval("new", "a", "p", "s", BigInteger.valueOf(amount), 900, 20);
	}

	private static Session session(String key, long cap, long reserved, long approvedIn, boolean proven) {
		return new Session(key, terms(key, cap), approvedIn, proven, BigInteger.ZERO, BigInteger.valueOf(reserved), 900,
				null, BigInteger.ZERO, false);
	}

	/** A session of 40 that has committed 5. */
	private static Session promising(SessionEnd end) {
		BigInteger committed = BigInteger.valueOf(5);
		return new Session("promising", terms("promising", 40), 10, true, BigInteger.ZERO, committed, 900, end,
				committed, false);
	}

	private static SessionTerms terms(String approval, long cap) {
		return new SessionTerms("n", approval, "p", "s", "a", "r", BigInteger.valueOf(cap), 900, null);
	}

	private static void assertRefused(AllowanceFit fit, String message) {
		assertThatExceptionOfType(RegistrationException.class).isThrownBy(fit::cuts)
			.withMessageContaining(message)
			.matches((refusal) -> !refusal.isConflict() && !refusal.isTemporary());
	}

}
