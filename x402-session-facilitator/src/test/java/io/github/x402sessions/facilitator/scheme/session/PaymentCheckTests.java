package io.github.x402sessions.facilitator.scheme.session;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.scheme.Reason;
import io.github.x402sessions.facilitator.session.AllowanceReduction;
import io.github.x402sessions.facilitator.session.NewSession;
import io.github.x402sessions.facilitator.scheme.RecipientRules;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionId;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.stellar.approval.Approval;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.rpc.LatestLedger;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.RpcException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.x402sessions.facilitator.scheme.session.PaymentRequests.POLICY;
import static io.github.x402sessions.facilitator.scheme.session.PaymentRequests.TERMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which payments the policy and the session allow.
 */
class PaymentCheckTests {

	private static final PaymentKey KEY = new PaymentKey("mine", "t", false);

	private final TestDatabase database = TestDatabase.sqlite();

	private final SessionRepository sessions = this.database.store().sessions();

	private final FakeStellarRpc node = new FakeStellarRpc();

	private final VerifiedAmounts holds = new VerifiedAmounts(POLICY.hold(), this.database.store().verifiedHolds());

	private final PaymentCheck check = new PaymentCheck(POLICY, this.sessions,
			new LedgerClock(this.node, Duration.ZERO), this.holds, TestSpenders.ALONE, RecipientRules.NONE);

	@AfterEach
	void close() {
		this.database.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2", "10", "60" })
	void whatThePolicyAllowsIsPayable(String amount) {
		Session session = open(TERMS);
		assertThat(check(PaymentRequests.of(amount))).isEqualTo(new Verdict.Payable(session, new BigInteger(amount)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "1", "-1", "+5", "1.5", "1e3", " 5", "ten", "9223372036854775808",
			"99999999999999999999999999999999999999999" })
	void amountIsAWholeNumberThatIsWorthATransaction(String amount) {
		open(TERMS);
		assertRefused(PaymentRequests.of(amount), Reason.INVALID_AMOUNT);
	}

	@Test
	void callCostsNoMoreThanTheOperatorAllows() {
		open(TERMS);
		assertRefused(PaymentRequests.of("61"), Reason.PER_CALL_LIMIT_EXCEEDED);
	}

	@Test
	void whatIsUsedOrOnItsWayOrHeldByOthersIsNotLeft() {
		Session session = open(TERMS);
		this.database.jdbc().sql("update payment_session set spent = 30, reserved = 20").update();
		assertPayable("50");
		assertRefused(PaymentRequests.of("51"), Reason.CAP_EXCEEDED);
		this.holds.place(this.sessions.get(session.key()), "another", BigInteger.valueOf(15));
		assertRefused(PaymentRequests.of("36"), Reason.CAP_EXCEEDED);
		this.holds.place(this.sessions.get(session.key()), "mine", BigInteger.valueOf(35));
		assertPayable("35");
	}

	@ParameterizedTest
	@CsvSource({ "exact, stellar:testnet, SCHEME_MISMATCH", "session, stellar:pubnet, NETWORK_MISMATCH" })
	void kindIsTheSessionsOnBothSides(String scheme, String network, Reason reason) {
		open(TERMS);
		PaymentRequirements other = new PaymentRequirements(scheme, network, "10", "CUSDC", "GSHOP", 60, Map.of());
		assertRefused(PaymentRequests.of(other, Map.of("sessionId", PaymentRequests.TOKEN)), reason);
		assertRefused(PaymentRequests.accepting((asked) -> other), reason);
	}

	@Test
	void whatElseTheClientAcceptedDoesNotCount() {
		open(TERMS);
		FacilitatorRequest request = PaymentRequests.accepting((asked) -> new PaymentRequirements("session",
				"stellar:testnet", "9999", "CEVIL", "GEVIL", 1, Map.of("spender", "GEVIL")));
		assertThat(check(request)).isInstanceOfSatisfying(Verdict.Payable.class,
				(payable) -> assertThat(payable.amount()).isEqualTo(10));
	}

	@ParameterizedTest
	@CsvSource({ "CEURC, GSHOP, , ASSET_MISMATCH", "CUSDC, GOTHER, , RECIPIENT_MISMATCH",
			"CUSDC, GSHOP, GOTHER, SPENDER_MISMATCH" })
	void sessionPaysItsRecipientInItsAsset(String asset, String payTo, String spender, Reason reason) {
		open(TERMS);
		assertRefused(PaymentRequests.of(
				new PaymentRequirements("session", "stellar:testnet", "10", asset, payTo, 60,
						(spender != null) ? Map.of("spender", spender) : Map.of()),
				Map.of("sessionId", PaymentRequests.TOKEN)), reason);
	}

	@ParameterizedTest
	@CsvSource({ "stellar:pubnet, GSPENDER, CUSDC, SESSION_NETWORK_MISMATCH",
			"stellar:testnet, GOTHER, CUSDC, SPENDER_MISMATCH", "stellar:testnet, GSPENDER, COLD, ASSET_MISMATCH" })
	void sessionOfAnotherFacilitatorOrOfAnAssetThatIsServedNoMorePaysNothing(String network, String spender,
			String asset, Reason reason) {
		open(new SessionTerms(network, TERMS.approval(), TERMS.payer(), spender, asset, TERMS.recipient(), TERMS.cap(),
				TERMS.expirationLedger(), null));
		assertRefused(PaymentRequests.of(
				new PaymentRequirements("session", "stellar:testnet", "10", asset, "GSHOP", 60, Map.of()),
				Map.of("sessionId", PaymentRequests.TOKEN)), reason);
	}

	@Test
	void sessionHasToBeNamedAndKnown() {
		open(TERMS);
		for (Map<String, Object> payload : List.<Map<String, Object>>of(Map.of(), Map.of("sessionId", " "),
				Map.of("sessionId", 5))) {
			assertRefused(PaymentRequests.of(PaymentRequests.asking("10"), payload), Reason.MISSING_SESSION_ID);
		}
		assertRefused(PaymentRequests.of(PaymentRequests.asking("10"), Map.of("sessionId", "guess")),
				Reason.SESSION_NOT_FOUND);
	}

	@Test
	void sessionEndsBeforeItsLastLedgerByTheMargin() {
		open(TERMS);
		this.node.latest = () -> new LatestLedger(888, 1_000, 1);
		assertPayable("10");
		this.node.latest = () -> new LatestLedger(889, 1_000, 1);
		assertRefused(PaymentRequests.of("10"), Reason.SESSION_EXPIRED);
	}

	@Test
	void sessionThatHasEndedSaysWhy() {
		Session session = open(TERMS);
		this.sessions.end(session.key(), SessionEnd.CLOSED);
		assertThat(check(PaymentRequests.of("10")))
			.isEqualTo(new Verdict.Refused(Reason.SESSION_SUPERSEDED, SessionEnd.CLOSED.sentence()));
	}

	@Test
	void nothingIsPayableWhileNobodyKnowsTheLedger() {
		open(TERMS);
		this.node.latest = () -> {
			throw new RpcException("down", null);
		};
		assertThatExceptionOfType(RpcException.class).isThrownBy(() -> check(PaymentRequests.of("10")));
	}

	private Session open(SessionTerms terms) {
		SessionId id = new SessionId(PaymentRequests.TOKEN);
		Approval approval = new Approval(terms.approval(), terms.asset(), terms.payer(), terms.spender(), terms.cap(),
				terms.expirationLedger(), 10);
		this.sessions.add(new NewSession(id, terms, approval, true, null), List.of(), AllowanceReduction.NONE, 10);
		return this.sessions.find(id).orElseThrow();
	}

	private void assertPayable(String amount) {
		assertThat(check(PaymentRequests.of(amount))).isInstanceOf(Verdict.Payable.class);
	}

	private void assertRefused(FacilitatorRequest request, Reason reason) {
		assertThat(check(request)).isInstanceOfSatisfying(Verdict.Refused.class,
				(refused) -> assertThat(refused.reason()).as(refused.message()).isEqualTo(reason));
	}

	private Verdict check(FacilitatorRequest request) {
		return this.check.check(request, this.check.session(request), KEY);
	}

}
