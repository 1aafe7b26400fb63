package io.github.x402sessions.facilitator;

import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What somebody else does, or the database, between the checks of a payment and its
 * answer.
 */
class PaymentInBetweenTests {

	private static FacilitatorEnvironment environment;

	private static TestDatabase books;

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment.open(Map.of("facilitator.calls-per-minute", "10",
				"facilitator.verify-hold", "1m", "facilitator.settle-timeout", "2s"));
		books = environment.openDatabase();
	}

	@AfterAll
	static void close() {
		books.close();
		environment.close();
	}

	@AfterEach
	void endTrouble() {
		books.jdbc().sql("drop trigger if exists trouble").update();
		books.jdbc().sql("update channel set leased_until = 0").update();
	}

	/** Whoever hears that it has run out opens another one. */
	@Test
	void sessionThatIsFrozenMeanwhileHasNotRunOut() {
		String id = environment.payer().session(1_000_000);
		trouble("after insert on limit_use begin update payment_session set frozen = true; end");
		Reply refused = environment.client.settle(Payments.of(environment, id, "1000"));
		assertThat(refused.text("errorReason")).as("%s", refused.body()).isEqualTo("rate_limited");
		books.jdbc().sql("update payment_session set frozen = false").update();
		assertThat(environment.client.settle(Payments.of(environment, id, "1000001")).text("errorReason"))
			.isEqualTo("cap_exceeded");
	}

	@Test
	void paymentIsToldThoughWhatWasHeldForItStays() {
		String id = environment.payer().session(1_000_000);
		Map<String, Object> payment = Payments.identified(environment, id, "pay_0123456789abcdef", "1000");
		assertThat(environment.client.verify(payment).status()).isEqualTo(200);
		trouble("before delete on verified_amount begin select raise(abort, 'trouble'); end");
		Reply settled = environment.client.settle(payment);
		assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
		assertThat(count("select count(*) from verified_amount")).isOne();
	}

	@Test
	void whatIsNotHeldIsToldThoughItStaysCounted() {
		String id = environment.payer().session(1_000_000);
		trouble("before update on limit_use begin select raise(abort, 'trouble'); end");
		Reply reply = environment.client.post("/hold",
				Payments.tracked(Payments.identified(environment, id, "pay_0123456789abcdef", "1000")));
		assertThat(reply.text("errorReason")).as("%s", reply.body()).isEqualTo("not_held");
	}

	@Test
	void feeOfAPaymentThatWasNotSentIsGivenBack() {
		KeyPair payer = environment.payer().key;
		String fees = "select used from limit_use where limit_name = 'exact-fees'";
		books.jdbc().sql("update channel set leased_until = :far").param("far", Long.MAX_VALUE).update();
		Map<String, Object> payment = ExactTransfers.payment(environment, payer, 1_000);
		Reply unsent = environment.client.settle(payment);
		assertThat(unsent.text("errorReason")).as("%s", unsent.body()).isEqualTo("rpc_error");
		assertThat(count(fees)).isZero();
		books.jdbc().sql("update channel set leased_until = 0").update();
		assertThat(environment.client.settle(payment).status()).isEqualTo(200);
		assertThat(count(fees)).isPositive();
	}

	private static void trouble(String what) {
		books.jdbc().sql("create trigger trouble " + what).update();
	}

	private static long count(String query) {
		return books.jdbc().sql(query).query(Long.class).single();
	}

}
