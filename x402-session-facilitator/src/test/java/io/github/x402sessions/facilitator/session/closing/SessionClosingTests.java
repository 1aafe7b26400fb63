package io.github.x402sessions.facilitator.session.closing;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;

import io.github.x402sessions.facilitator.Proofs;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.session.AllowanceReduction;
import io.github.x402sessions.facilitator.session.NewSession;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionId;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.facilitator.session.registration.OwnerProofs;
import io.github.x402sessions.facilitator.session.registration.RegistrationException;
import io.github.x402sessions.stellar.FakeLedger;
import io.github.x402sessions.stellar.approval.Approval;
import io.github.x402sessions.stellar.approval.ContractConsent;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who may close a session.
 */
class SessionClosingTests {

	private static final SessionId ID = new SessionId("token");

	private final KeyPair payer = KeyPair.random();

	private final SessionTerms terms = new SessionTerms("n", "ab".repeat(32), this.payer.getAccountId(), "s", "a", "r",
			BigInteger.TEN, 900, null);

	private final TestDatabase database = TestDatabase.sqlite();

	private final SessionRepository sessions = this.database.store().sessions();

	private boolean kept = true;

	private final FakeStellarRpc node = new FakeStellarRpc();

	private final SessionClosing closing = new SessionClosing(
			new SessionRules("n", TestSpenders.named("s"), Set.of(), Set.of(), null, 0, false), this.sessions,
			new OwnerProofs(new LedgerState(this.node, FakeLedger.NETWORK.getNetworkPassphrase()), new ContractConsent(
					this.node, FakeLedger.NETWORK.getNetworkPassphrase(), this.payer.getAccountId())),
			(account, parties) -> this.kept);

	@BeforeEach
	void open() {
		new FakeLedger(this.node).account(this.payer.getAccountId(), 1);
		this.sessions.add(new NewSession(ID, this.terms,
				new Approval(this.terms.approval(), "a", this.terms.payer(), "s", BigInteger.TEN, 900, 10), true, null),
				List.of(), AllowanceReduction.NONE, 10);
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void bearerClosesItsOwnSession() {
		assertThat(this.closing.close(new SessionId("guess"))).isEmpty();
		assertThat(end()).isNull();
		assertThat(this.closing.close(ID)).map(Session::end).contains(SessionEnd.CLOSED);
		assertThat(this.closing.close(ID)).as("again").map(Session::end).contains(SessionEnd.CLOSED);
	}

	@Test
	void nobodyIsToldThatASessionIsOverThatStillHasToPay() {
		this.kept = false;
		this.database.jdbc().sql("update payment_session set reserved = 3").update();
		ClosingRequest request = new ClosingRequest(Proofs.of(ClosingProof.message(this.terms), this.payer));
		for (ThrowingCallable closing : List.<ThrowingCallable>of(() -> this.closing.close(ID),
				() -> this.closing.settled(ID), () -> this.closing.close(this.terms.approval(), request))) {
			assertThatExceptionOfType(RegistrationException.class).isThrownBy(closing)
				.matches(RegistrationException::isTemporary);
		}
		assertThat(end()).as("nothing more is paid").isEqualTo(SessionEnd.CLOSED);
	}

	@Test
	void allowanceStandsWhileWhatWasPromisedIsInDefault() {
		this.database.jdbc().sql("update payment_session set reserved = 3, committed = 3").update();
		assertThat(this.closing.close(ID)).as("nothing is awaited").isPresent();
		assertThatExceptionOfType(RegistrationException.class).isThrownBy(() -> this.closing.settled(ID))
			.matches(RegistrationException::isTemporary);
	}

	@Test
	void endForAnotherReasonStays() {
		this.sessions.end(this.sessions.find(ID).orElseThrow().key(), SessionEnd.UNCOVERED);
		assertThat(this.closing.close(ID)).map(Session::end).contains(SessionEnd.UNCOVERED);
	}

	@Test
	void payerClosesByASignature() {
		ClosingRequest request = new ClosingRequest(Proofs.of(ClosingProof.message(this.terms), this.payer));
		assertThat(this.closing.close("cd".repeat(32), request)).isEmpty();
		assertThat(this.closing.close("AB".repeat(32), request)).map(Session::end).contains(SessionEnd.CLOSED);
	}

	@Test
	void nobodyElseDoes() {
		ClosingRequest request = new ClosingRequest(Proofs.of(ClosingProof.message(this.terms), KeyPair.random()));
		assertThatExceptionOfType(RegistrationException.class)
			.isThrownBy(() -> this.closing.close(this.terms.approval(), request));
		assertThat(end()).isNull();
	}

	private SessionEnd end() {
		return this.sessions.find(ID).orElseThrow().end();
	}

}
