package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A payment has settled, and that is written down as told, but nobody hears it: the
 * answer comes too late, or the facilitator ends. Whoever asks again is told, once.
 */
class LateResponseTests {

	private static final String ID = "pay_0123456789abcdef";

	private final TestDatabase database = TestDatabase.postgres();

	private final JdbcClient jdbc = this.database.jdbc();

	private final Map<String, String> properties = new HashMap<>(this.database.properties());

	private final FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator();

	private String session;

	@BeforeEach
	void open() {
		this.properties.put("facilitator.settle-timeout", "1s");
		this.properties.put("server.shutdown", "immediate");
		this.environment.start(this.properties);
		this.session = this.environment.payer().session(1_000_000);
		this.jdbc.sql("create table gate (open boolean)").update();
		this.jdbc.sql("insert into gate values (true)").update();
		this.jdbc.sql("""
				create function wait_at_gate() returns trigger as $$ begin
				while not (select open from gate) loop perform pg_sleep(0.01); end loop; return new; end $$
				language plpgsql""").update();
		this.jdbc.sql("""
				create trigger tell before update of told on settlement for each row when (new.told)
				execute function wait_at_gate()""").update();
	}

	@AfterEach
	void close() {
		this.environment.close();
		this.database.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void answerThatComesTooLateIsGivenOnceMore(boolean identified) {
		Map<String, Object> payment = identified ? Payments.identified(this.environment, this.session, ID, "100000")
				: Payments.of(this.environment, this.session, "100000");
		gate(false);
		Reply late = this.environment.client.settle(payment);
		assertThat(late.status()).isEqualTo(503);
		assertThat(late.text("errorReason")).isEqualTo("settlement_pending");
		assertThat(late.header("Retry-After") != null).as("only who is known again is invited to ask again")
			.isEqualTo(identified);
		gate(true);
		assertToldOnce(payment);
	}

	@Test
	void answerThatIsReadyWhenTheServerHasEndedIsGivenByTheNext() {
		this.environment.stop();
		this.properties.put("facilitator.settle-timeout", "30s");
		this.environment.start(this.properties);
		Map<String, Object> payment = Payments.identified(this.environment, this.session, ID, "100000");
		gate(false);
		CompletableFuture<Reply> caller = CompletableFuture.supplyAsync(() -> this.environment.client.settle(payment));
		Eventually.isTrue(() -> isTelling());
		CompletableFuture<Void> end = CompletableFuture.runAsync(this.environment::stop);
		Eventually.isTrue(caller::isDone);
		assertThat(caller.isCompletedExceptionally() || caller.join().status() == 503)
			.as("not answered, or told to ask again where the books went first")
			.isTrue();
		gate(true);
		end.join();
		this.environment.start(this.properties);
		assertToldOnce(payment);
	}

	private void assertToldOnce(Map<String, Object> payment) {
		Eventually.isTrue(() -> this.environment.client.settle(payment).status() == 200);
		Reply again = this.environment.client.settle(payment);
		assertThat(again.text("errorReason")).as("%s", again).isEqualTo("duplicate_settlement");
		assertThat(this.environment.usdc(this.environment.merchant)).isEqualTo(BigInteger.valueOf(100_000));
	}

	private void gate(boolean open) {
		this.jdbc.sql("update gate set open = :open").param("open", open).update();
	}

	private boolean isTelling() {
		return this.jdbc.sql("""
				select count(*) from pg_stat_activity where datname = current_database()
				and wait_event = 'PgSleep'""").query(Integer.class).single() > 0;
	}

}
