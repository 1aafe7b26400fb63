package io.github.x402sessions.devnet;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
		Awaitility.await().until(() -> this.out.toString().contains("Stop with"));
		shell.interrupt();
		shell.join();

		assertThat(this.out.toString()).contains("/rpc", "/friendbot?addr=G...", "/faucet?addr=G...&amount=100",
				"Test SDF Network ; September 2015", "CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA");
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

		Awaitility.await()
			.until(() -> Thread.getAllStackTraces()
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
