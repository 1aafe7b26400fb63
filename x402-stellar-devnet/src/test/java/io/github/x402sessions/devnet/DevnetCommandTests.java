package io.github.x402sessions.devnet;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stellar.sdk.KeyPair;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The command line and the builder's checks.
 */
class DevnetCommandTests {

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@Test
	void helpNamesTheOptions() {
		assertThat(run("--help")).isZero();
		assertThat(this.out.toString()).contains("--port", "--host", "--ledger-interval", "5s", "8000");
		assertThat(run("--version")).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "soon", "5", "0s", "-1s", "1h" })
	void wrongIntervalNamesTheOption(String interval) {
		assertThat(run("--ledger-interval", interval)).isEqualTo(CommandLine.ExitCode.USAGE);
		assertThat(this.err.toString()).contains("--ledger-interval").contains("write 1s or 500ms");
	}

	@ParameterizedTest
	@CsvSource({ "1s, 1000", "500ms, 500", "5s, 5000" })
	void intervalIsSecondsOrMilliseconds(String text, long milliseconds) {
		assertThat(new IntervalConverter().convert(text)).isEqualTo(Duration.ofMillis(milliseconds));
	}

	@Test
	void portThatIsTakenIsExplained() {
		try (StellarDevnet devnet = StellarDevnet.builder().start()) {
			assertThat(run("--port", Integer.toString(devnet.rpcUri().getPort())))
				.isEqualTo(CommandLine.ExitCode.USAGE);
			assertThat(this.err.toString()).contains("--port");
		}
	}

	@Test
	void networkRunsUntilItIsInterrupted() throws InterruptedException {
		Thread shell = new Thread(() -> run("--port", "0", "--ledger-interval", "50ms"));
		shell.start();
		Eventually.isTrue(() -> this.out.toString().contains("Stop with"));
		shell.interrupt();
		shell.join();

		assertThat(this.out.toString()).contains("/rpc", "/friendbot?addr=G...", "/faucet?addr=G...&amount=100",
				"Test SDF Network ; September 2015", "CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA");
	}

	@Test
	void accountsOfAFileAreThere(@TempDir Path folder) throws Exception {
		KeyPair secret = KeyPair.random();
		KeyPair plain = KeyPair.random();
		Path file = Files.writeString(folder.resolve("accounts.json"),
				"[{\"secret\":\"%s\",\"usdc\":\"12.5\"},{\"account\":\"%s\"}]"
					.formatted(new String(secret.getSecretSeed()), plain.getAccountId()));
		String[] options = { "--port", "0", "--ledger-interval", "50ms", "--accounts", file.toString(), "--state",
				folder.resolve("state").toString(), "--https-port", "0" };
		for (int start = 1; start <= 2; start++) {
			Thread shell = new Thread(() -> run(options));
			shell.start();
			int expected = start;
			Eventually.isTrue(() -> this.out.toString().split("kept in", -1).length == expected + 1);
			shell.interrupt();
			shell.join();
		}
		assertThat(this.out.toString())
			.contains(secret.getAccountId() + "  10000 XLM, 12.5 USDC", plain.getAccountId() + "  10000 XLM\n",
					"https://localhost:")
			.doesNotContain(new String(secret.getSecretSeed()));
		try (StellarDevnet devnet = StellarDevnet.builder().stateFile(folder.resolve("state")).start()) {
			assertThat(devnet.usdcBalance(secret.getAccountId())).as("paid once").isEqualTo(125_000_000);
			assertThat(devnet.hasAccount(plain.getAccountId())).isTrue();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{}                             | is no array of objects
			[{"account":"G"}]              | entry 1: account is not an account id
			[{"secret":"S123"}]            | entry 1: secret is not a secret key
			[{"usdc":"1"}]                 | entry 1: needs account or secret
			[{"account":"G","usdc":"-1"}]  | entry 1: usdc is not an amount
			[{"acount":"G"}]               | is no array of objects
			""")
	void wrongAccountsAreExplained(String content, String message, @TempDir Path folder) throws Exception {
		Path file = Files.writeString(folder.resolve("accounts.json"), content);
		assertThat(run("--accounts", file.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
		assertThat(this.err.toString()).contains("--accounts", message).doesNotContain("S123");
	}

	@Test
	void stateOfAnotherIsExplained(@TempDir Path folder) throws Exception {
		Path file = Files.writeString(folder.resolve("diary"), "Dear diary");
		assertThat(run("--port", "0", "--state", file.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
		assertThat(this.err.toString()).contains("is no state of this network", "--state");
	}

	@Test
	void builderRefusesNonsense() {
		assertThatIllegalArgumentException().isThrownBy(() -> StellarDevnet.builder().port(65_536));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> StellarDevnet.builder().ledgerInterval(Duration.ofMillis(-1)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> StellarDevnet.builder().ledgerInterval(Duration.ofNanos(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> StellarDevnet.builder().usdcIssuer("nobody"));
	}

	@Test
	void nothingRunsOnAfterClosing() {
		StellarDevnet devnet = StellarDevnet.builder().ledgerInterval(Duration.ofMillis(10)).start();
		new RpcClient(devnet.rpcUri()).result("getHealth", Map.of());
		devnet.close();

		Eventually.isTrue(() -> Thread.getAllStackTraces()
			.keySet()
			.stream()
			.noneMatch((thread) -> thread.getName().startsWith("stellar-devnet-")));
	}

	private int run(String... args) {
		return DevnetCommand.commandLine()
			.setOut(new PrintWriter(this.out, true))
			.setErr(new PrintWriter(this.err, true))
			.execute(args);
	}

}
