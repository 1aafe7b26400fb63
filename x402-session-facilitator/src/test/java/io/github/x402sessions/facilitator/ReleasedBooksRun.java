package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabasePool;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Leaves books with rows in every table, of a facilitator that is killed while much is
 * open, and the ledger of its network, in the directory that the system property
 * {@code x402.recorded} names. See {@code released/record}.
 */
class ReleasedBooksRun {

	private static final Pattern POSTGRESQL = Pattern.compile("jdbc:postgresql://([^:/]+):(\\d+)/([^?]+).*");

	static final String KEY = "key-of-the-shop";

	/** What fills by itself, or holds the text of a catalogue that is searched. */
	private static final Pattern NOT_OURS = Pattern.compile("sqlite_.*|listing_text_.*");

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void record(Dialect dialect) throws Exception {
		Path recorded = Path.of(System.getProperty("x402.recorded"));
		Path ledger = this.directory.resolve("ledger");
		try (TestDatabase database = TestDatabase.of(dialect);
				HookServer hook = new HookServer();
				FacilitatorEnvironment environment = FacilitatorEnvironment.of(ledger)) {
			hook.answer = (delivery, exchange) -> 500;
			Map<String, String> properties = new HashMap<>(database.properties());
			properties.putAll(properties(environment));
			properties.putAll(hook.properties(0, "shop"));
			try (AdministeredNode node = AdministeredNode.start(environment, properties)) {
				use(node, environment);
				tear(database);
				assertThat(emptyTables(database)).isEmpty();
				try (OutputStream out = compressed(recorded, ReleasedBooks.name(dialect) + ".ledger.gz")) {
					save(database, recorded);
					Files.copy(ledger, out);
				}
				environment.devnet.faults().resumeClosing();
			}
		}
	}

	/**
	 * With what a facilitator does for those who pay, who are paid and who operate it.
	 */
	static Map<String, String> properties(FacilitatorEnvironment environment) {
		Map<String, String> properties = new HashMap<>(Commitments.PROPERTIES);
		properties.put("facilitator.deferred.max-age", "10m");
		properties.put("facilitator.discovery.enabled", "true");
		properties.put("facilitator.channels", "2");
		properties.put("facilitator.verify-hold", "1m");
		properties.put("facilitator.settle-timeout", "2s");
		properties.put("facilitator.transaction-validity", "10s");
		properties.put("facilitator.access.keys[0].name", "shop");
		properties.put("facilitator.access.keys[0].hash", Sha256.hex(KEY));
		properties.put("facilitator.access.keys[0].recipients", environment.merchant.getAccountId());
		properties.put("facilitator.access.merchants", "true");
		return properties;
	}

	private static void use(AdministeredNode node, FacilitatorEnvironment environment) {
		String first = Commitments.session(environment, environment.payer(), 50_000_000);
		paid(environment.client.settle(Payments.identified(environment, first, "pay_0123456789abcdef", "1000")));
		paid(environment.client.settle(Payments.of(environment, first, "1000")));
		paid(environment.client.with("Bearer " + KEY).settle(listed(environment, first)));
		paid(environment.client.verify(Payments.identified(environment, first, "pay_only_verified_1", "1000")));
		Commitments.commit(environment, first, "2000");
		Commitments.commit(environment, first, "3000");
		Map<String, Object> stream = Commitments.of(environment, first, "pay_of_one_stream_1", "1000");
		paid(environment.client.post("/hold", stream));
		paid(environment.client.settle(Commitments.of(environment, first, "pay_of_one_stream_1", "400")));
		Map<String, Object> nothing = Commitments.of(environment, first, "pay_of_one_stream_2", "1000");
		paid(environment.client.post("/hold", nothing));
		paid(environment.client.post("/release", nothing));
		paid(environment.client.post("/hold", Commitments.of(environment, first, "pay_of_one_stream_3", "1000")));
		SessionHolder signing = SessionHolder.of(environment, 20_000_000, 100_000);
		paid(signing.call("pay_that_is_signed_1", "1000").settle());
		paid(environment.client.settle(ExactTransfers.payment(environment, environment.payer().key, 1_000)));
		Payer frozen = environment.payer();
		frozen.session(1_000_000);
		String handle = node.alice.get("/admin/sessions?payer=" + frozen.address())
			.body()
			.findValue("handle")
			.asString();
		paid(node.alice.post("/admin/sessions/" + handle + "/freeze", Map.of("reason", "looks stolen")));
		Eventually.isTrue(() -> environment.client.get("/discovery/search?query=quotes").status() == 200
				&& !environment.client.get("/discovery/search?query=quotes").body().at("/resources").isEmpty());
		paid(environment.client.with("Bearer " + KEY)
			.get("/settlements?recipient=" + environment.merchant.getAccountId()));
		Reply merchant = node.alice.post("/admin/merchants", Map.of("name", "corner", "recipients",
				List.of(environment.seller().getAccountId()), "perDay", "1000000", "reason", "asked for"));
		assertThat(merchant.status()).as("%s", merchant.body()).isEqualTo(201);
		assertThat(node.alice.post("/admin/merchants/corner/keys", Map.of("label", "first")).status()).isEqualTo(201);
		environment.devnet.faults().pauseClosing();
		Reply open = environment.client
			.settle(Payments.tracked(Payments.identified(environment, first, "pay_that_stays_open", "1000")));
		assertThat(open.text("errorReason")).isEqualTo("settlement_pending");
	}

	/**
	 * What only an operator does to books that lack something, and what only troubles
	 * bring.
	 */
	private static void tear(TestDatabase database) {
		JdbcClient books = database.jdbc();
		books.sql("insert into accepted_transfer (hash, accepted_at) values ('%s', 1)".formatted("ab".repeat(32)))
			.update();
		books
			.sql("insert into accepted_number (account, number, accepted_at) values ('%s', 1, 1)"
				.formatted("G" + "A".repeat(55)))
			.update();
		books.sql("insert into node_spender (node, spender) values ('another', 'another')").update();
	}

	private static void paid(Reply reply) {
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> listed(FacilitatorEnvironment environment, String session) {
		Map<String, Object> payment = new HashMap<>(Payments.of(environment, session, "1000"));
		Map<String, Object> payload = new HashMap<>((Map<String, Object>) payment.get("paymentPayload"));
		payload.put("resource", Map.of("url", "https://shop.example/quote?symbol=ACME", "description", "Quotes"));
		Map<String, Object> declared = new LinkedHashMap<>();
		declared.put("info",
				Map.of("input", Map.of("type", "http", "method", "GET", "queryParams", Map.of("symbol", "ACME"))));
		declared.put("schema", Map.of("properties", Map.of("input", Map.of("type", "object"))));
		payload.put("extensions", Map.of("bazaar", declared));
		payment.put("paymentPayload", payload);
		return payment;
	}

	private static List<String> emptyTables(TestDatabase database) {
		List<String> empty = new ArrayList<>();
		try (HikariDataSource pool = database.pool()) {
			JdbcClient books = DatabasePool.jdbc(pool, database.dialect());
			for (String table : SchemaCatalogue.read(books, database.dialect()).tables()) {
				if (!NOT_OURS.matcher(table).matches()
						&& books.sql("select count(*) from " + table).query(Integer.class).single() == 0) {
					empty.add(table);
				}
			}
		}
		return empty;
	}

	private static void save(TestDatabase database, Path recorded) throws IOException, InterruptedException {
		if (database.dialect() == Dialect.SQLITE) {
			Path copy = recorded.resolve("copy-" + UUID.randomUUID());
			database.jdbc().sql("vacuum into '" + copy + "'").update();
			try (OutputStream out = compressed(recorded, "sqlite.db.gz")) {
				Files.copy(copy, out);
			}
			Files.delete(copy);
			return;
		}
		Matcher url = POSTGRESQL.matcher(database.properties().get("facilitator.database-url"));
		assertThat(url.matches()).isTrue();
		Process dump = new ProcessBuilder("pg_dump", "--host", url.group(1), "--port", url.group(2), "--username",
				"postgres", "--inserts", "--no-owner", "--no-privileges", url.group(3))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try (InputStream text = dump.getInputStream(); OutputStream out = compressed(recorded, "postgresql.sql.gz")) {
			out.write(new String(text.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.matches("SET .*|\\\\.*|--.*|SELECT pg_catalog.set_config\\('search_path'.*"))
				.collect(Collectors.joining("\n"))
				.getBytes(StandardCharsets.UTF_8));
		}
		assertThat(dump.waitFor()).as("pg_dump").isZero();
	}

	private static OutputStream compressed(Path directory, String name) throws IOException {
		return new GZIPOutputStream(Files.newOutputStream(directory.resolve(name)));
	}

}
