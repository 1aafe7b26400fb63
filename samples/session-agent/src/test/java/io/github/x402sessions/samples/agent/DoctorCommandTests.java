package io.github.x402sessions.samples.agent;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.samples.agent.mcp.PaidShop;
import io.github.x402sessions.stellar.account.AccountKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code doctor}, with a shop, a facilitator and a ledger that are real.
 */
class DoctorCommandTests {

	private static PaidShop shop;

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@BeforeAll
	static void open() {
		shop = new PaidShop();
	}

	@AfterAll
	static void close() {
		shop.close();
	}

	@Test
	void whatCanBePaidIsSaidToAndNotPaid() {
		String secret = AccountKey.randomSecret();
		String account = SessionSigner.ofSecret(secret).accountId();
		shop.stellar().fund(account, BigDecimal.TEN);
		assertThat(doctor(shop.url() + "/quote", "--secret", secret, "--cap", "5")).as(this.out.toString()).isZero();
		assertThat(this.out.toString()).containsSubsequence(
				"ok    url          GET " + shop.url() + "/quote answers 402",
				"ok    terms        1: session on stellar:testnet, 0.01 USDC to ",
				"ok    facilitator  it takes session", "ok    ledger       ", "ok    account      " + account + " has ",
				"ok    account      it can spend 10 USDC", "ok    recipient    ", "doctor    a payment should work");
		assertThat(this.out.toString() + this.err).doesNotContain(secret);
		assertThat(shop.quotes()).isZero();
		assertThat(shop.stellar().usdc(account)).isEqualTo(100_000_000);
	}

	@Test
	void whatCannotIsToldWithWhatToDo() {
		String account = SessionSigner.random().accountId();
		assertThat(doctor(shop.url() + "/quote", "--account", account)).isOne();
		assertThat(this.out.toString()).containsSubsequence("fail  account      " + account + " does not exist",
				"-> send it lumens", "doctor    no payment works; to mend: 1");
	}

	@Test
	void programsReadOneObject() {
		assertThat(doctor(shop.url() + "/dear", "--cap", "0.10", "--account", funded(), "--json")).isOne();
		Map<?, ?> report = new JsonMapper().readValue(this.out.toString(), Map.class);
		assertThat(report.get("payable")).isEqualTo(false);
		assertThat(report.get("answered")).isEqualTo(true);
		assertThat((List<?>) report.get("checks")).anySatisfy((check) -> assertThat(check.toString())
			.contains("level=fail", "topic=terms", "a call costs 0.5 USDC", "advice=raise the cap"));
	}

	@Test
	void aBodyAndHeadersAreSent() {
		assertThat(doctor(shop.url() + "/chat", "--data", "{\"message\":\"hi\"}", "-H", "X-Mood: fine", "--account",
				funded()))
			.as(this.out.toString())
			.isZero();
		assertThat(this.out.toString()).contains("POST " + shop.url() + "/chat answers 402", "0.02 USDC");
	}

	@Test
	void whatIsFreeOrNotThereIsToldApart() {
		assertThat(doctor(shop.url() + "/nothing/here")).isOne();
		assertThat(this.out.toString()).contains("answers 404, not 402", "-> there is no such path");
		String nowhere = "http://127.0.0.1:9";
		assertThat(doctor(nowhere, "--rpc", nowhere)).isEqualTo(3);
		for (String wrong : List.of("nowhere", "mcp://shop", "http://127.0.0.1:99999")) {
			assertThat(doctor(wrong)).as(wrong).isEqualTo(2);
			assertThat(doctor(nowhere, "--facilitator", wrong)).as(wrong).isEqualTo(2);
			assertThat(doctor(nowhere, "--rpc", wrong)).as(wrong).isEqualTo(2);
			assertThat(doctor(nowhere, "--page-origin", wrong)).as(wrong).isEqualTo(2);
		}
		assertThat(doctor()).isEqualTo(2);
		assertThat(doctor(shop.url(), "--account", "S" + "A".repeat(55))).isEqualTo(2);
		assertThat(this.err.toString()).contains("--account").doesNotContain("SAAAA");
	}

	private static String funded() {
		String account = SessionSigner.random().accountId();
		shop.stellar().fund(account, BigDecimal.TEN);
		return account;
	}

	private int doctor(String... args) {
		List<String> all = new ArrayList<>(List.of("doctor"));
		all.addAll(List.of(args));
		if (args.length > 0 && !all.contains("--rpc")) {
			all.addAll(List.of("--rpc", shop.stellar().rpcUrl()));
		}
		String[] line = all.toArray(String[]::new);
		return Commands.of(line)
			.setOut(new PrintWriter(this.out))
			.setErr(new PrintWriter(this.err))
			.execute(Commands.options(line));
	}

}
