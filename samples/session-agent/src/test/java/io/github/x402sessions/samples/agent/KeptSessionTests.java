package io.github.x402sessions.samples.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

import io.github.x402sessions.client.SessionSigner;
import io.github.x402sessions.devnet.StellarDevnet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the commands that keep a session in a file.
 */
class KeptSessionTests {

	private static final String KEY = "SAAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQC5MY";

	private static StellarDevnet devnet;

	private final FakeShop shop = new FakeShop();

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@TempDir
	private Path directory;

	private Path file;

	@BeforeAll
	static void start() throws IOException {
		devnet = StellarDevnet.builder().port(0).ledgerInterval(Duration.ofMillis(200)).start();
		String payer = SessionSigner.ofSecret(KEY).accountId();
		devnet.fund(payer);
		devnet.faucet(payer, BigDecimal.TEN);
	}

	@AfterAll
	static void stop() {
		devnet.close();
	}

	@BeforeEach
	void place() {
		this.file = this.directory.resolve("session.json");
	}

	@AfterEach
	void stopShop() {
		this.shop.close();
	}

	@Test
	void sessionIsOpenedPaidWithAskedForAndClosed() throws IOException {
		this.shop.selling(2);
		assertThat(open("--json")).isZero();
		assertThat(this.out.toString()).contains("\"status\":\"active\"", "\"cap\":\"1\"", "\"remaining\":\"1\"");
		assertThat(this.err.toString()).contains("kept in   " + this.file);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.file))).isEqualTo("rw-------");
		assertThat(run("pay", "--url", this.shop.url(), "--calls", "2", "--prepay")).isZero();
		assertThat(this.out.toString()).contains("call 2/2  200 paid 0.01 by hash1");
		assertThat(run("status")).isZero();
		assertThat(this.out.toString()).contains("active: cap 0.05, spent 0.02, 0.03 left, until ledger 9");
		assertThat(run("close", "--secret", KEY, "--rpc", devnet.rpcUri().toString())).isZero();
		assertThat(this.file).doesNotExist();
		assertThat(this.out + " " + this.err).doesNotContain(FakeShop.ID).doesNotContain(KEY);
	}

	@Test
	void fileIsNeverOverwrittenAndLeftBehindOnlyWithASession() throws IOException {
		this.shop.refusing("/sessions");
		assertThat(open()).isEqualTo(3);
		assertThat(this.file).doesNotExist();
		assertThat(this.err.toString()).contains("took effect but was not registered");
		Files.writeString(this.file, "precious");
		assertThat(open()).isEqualTo(2);
		assertThat(this.file).hasContent("precious");
	}

	@Test
	void sessionThatIsSpentOrUnknownIsToldByTheExitCode() {
		this.shop.selling(0);
		open();
		assertThat(run("pay", "--url", this.shop.url(), "--calls", "1")).isEqualTo(1);
		this.shop.refusing("/sessions/" + FakeShop.ID);
		assertThat(run("status")).isEqualTo(3);
		assertThat(this.out + " " + this.err).doesNotContain(FakeShop.ID);
	}

	@Test
	void keyOfAnotherAccountClosesNothing() {
		open();
		assertThat(run("close")).isEqualTo(2);
		assertThat(run("close", "--secret", "SBFZGCPF6GCL5Z6PDPQZ2YLZ5S6Z6VGC3F4CXQTBMEWHXQ4TV2ZTR3IC")).isEqualTo(2);
		assertThat(this.file).exists();
	}

	@Test
	void serverThatWantsTheMoneyElsewhereIsNotPaid() {
		open();
		try (FakeShop other = new FakeShop()) {
			assertThat(run("pay", "--url", other.url())).isEqualTo(2);
			assertThat(this.err.toString()).contains("--url: the server wants the money to go to");
			assertThat(other.payments()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "no json", "{\"secretSessionId\":\"x\"}" })
	void fileWithoutASessionIsTold(String content) throws IOException {
		assertThat(run("status")).isEqualTo(2);
		Files.writeString(this.file, content);
		assertThat(run("status")).isEqualTo(2);
		assertThat(this.err.toString()).contains("--session: there is no file", "--session: holds no session");
	}

	private int open(String... more) {
		String[] options = { "open", "--url", this.shop.url(), "--rpc", devnet.rpcUri().toString(), "--secret", KEY };
		String[] all = new String[options.length + more.length];
		System.arraycopy(options, 0, all, 0, options.length);
		System.arraycopy(more, 0, all, options.length, more.length);
		return run(all);
	}

	private int run(String... args) {
		String[] all = new String[args.length + 2];
		System.arraycopy(args, 0, all, 0, args.length);
		all[args.length] = "--session";
		all[args.length + 1] = this.file.toString();
		return Commands.of(all)
			.setOut(new PrintWriter(this.out))
			.setErr(new PrintWriter(this.err))
			.execute(Commands.options(all));
	}

}
