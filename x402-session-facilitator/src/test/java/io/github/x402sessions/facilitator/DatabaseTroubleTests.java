package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.facilitator.config.InvalidPropertyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The database is locked, torn or somebody else's.
 */
class DatabaseTroubleTests {

	private final FacilitatorEnvironment environment = FacilitatorEnvironment
		.open(Map.of("facilitator.coalesce-window", "200ms"));

	private final TestDatabase books = this.environment.openDatabase();

	private String session;

	@BeforeEach
	void register() {
		this.session = this.environment.payer().session(1_000_000);
	}

	@AfterEach
	void close() {
		this.books.close();
		this.environment.close();
	}

	@Test
	void whatMetALockOfAnotherProcessLeavesNothingBehind() {
		this.books.transactions().executeWithoutResult((status) -> {
			this.books.jdbc().sql("update facilitator_node set alive_until = alive_until").update();
			assertThat(settle().status()).isEqualTo(503);
		});
		assertThat(settle().status()).isEqualTo(200);
		assertThat(settle().status()).isEqualTo(200);
		assertThat(state("spent")).isEqualTo("200000");
		assertThat(state("reserved")).isEqualTo("0");
		assertThat(this.environment.usdc(this.environment.merchant)).isEqualTo(BigInteger.valueOf(200_000));
	}

	@Test
	void allThatLeaveTogetherHearTheSameWhenTheirTransactionCannotBeWrittenDown() throws Exception {
		change("create trigger full before insert on chain_transaction begin select raise(abort, 'no room'); end");
		List<Reply> replies = Parallel.start(4, this::settle).results();
		assertThat(replies).allSatisfy((reply) -> {
			assertThat(reply.status()).isEqualTo(503);
			assertThat(reply.text("errorReason")).as("nothing was sent").isEqualTo("rpc_error");
		});
		assertThat(state("reserved")).isEqualTo("0");
		change("drop trigger full");
		assertThat(settle().status()).isEqualTo(200);
	}

	@Test
	void tornBooksAreMendedAtTheStart() {
		assertThat(settle().status()).isEqualTo(200);
		this.environment.stop();
		change("update payment_session set spent = 0");
		change("update settlement set status = 'SUBMITTED'");
		change("""
				insert into settlement (id, session_id, asset, payer, recipient, amount, status, node, created_at, updated_at)
				select 'torn', session_id, asset, payer, recipient, 5, 'RESERVED', 'gone', 0, 0 from settlement""");
		this.environment.start(Map.of());
		assertThat(state("spent")).isEqualTo("100000");
		assertThat(state("reserved")).isEqualTo("0");
		assertThat(state("remaining")).isEqualTo("900000");
		assertThat(settle().status()).isEqualTo(200);
	}

	@Test
	void sessionWhoseSettlementsExceedItsCapPaysNothingMore() {
		assertThat(settle().status()).isEqualTo(200);
		this.environment.stop();
		change("update payment_session set cap = 50000, spent = 0");
		change("update settlement set status = 'SUBMITTED'");
		this.environment.start(Map.of());
		assertThat(state("status")).isEqualTo("superseded");
		assertThat(state("remaining")).isEqualTo("0");
		assertThat(settle().status()).isEqualTo(400);
	}

	@Test
	void secondFacilitatorOnTheSameFileIsRefusedByWhateverNameItGoes() throws Exception {
		Path link = this.environment.database.resolveSibling("link.db");
		Files.createSymbolicLink(link, this.environment.database);
		Map<String, String> same = this.environment
			.properties(Map.of("facilitator.database-url", "jdbc:sqlite:file:" + link));
		assertThatThrownBy(() -> FacilitatorServer.start(same)).rootCause()
			.isInstanceOf(InvalidPropertyException.class)
			.hasMessageContaining("facilitator.database-url")
			.extracting((failure) -> ((InvalidPropertyException) failure).fix())
			.asString()
			.contains("PostgreSQL");
		Path log = this.environment.database.resolveSibling("second.log");
		try (NodeProcess second = NodeProcess.start(this.environment.properties(Map.of()), log)) {
			second.awaitEnd();
		}
		assertThat(log).content().contains("PostgreSQL");
		assertThat(settle().status()).isEqualTo(200);
		this.environment.stop();
		this.environment.start(Map.of());
		assertThat(settle().status()).isEqualTo(200);
	}

	private Reply settle() {
		return this.environment.client.settle(Payments.of(this.environment, this.session, "100000"));
	}

	private String state(String field) {
		return this.environment.client.get("/sessions/" + this.session).text(field);
	}

	private void change(String sql) {
		this.books.jdbc().sql(sql).update();
	}

}
