package io.github.x402sessions.devnet;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs a local Stellar network from a shell until it is interrupted.
 */
@Command(name = "stellar-devnet", mixinStandardHelpOptions = true, version = "x402-stellar-devnet 0.1.0",
		description = "Runs a local Stellar network: JSON-RPC, friendbot and a USDC faucet.")
public final class DevnetCommand implements Callable<Integer> {

	private static final String LOGBACK = "logback.configurationFile";

	@Option(names = "--port", defaultValue = "8000", paramLabel = "PORT",
			description = "Port to listen on, 0 for any (default: ${DEFAULT-VALUE})")
	private int port;

	@Option(names = "--https-port", paramLabel = "PORT",
			description = "Port to speak HTTPS on as well, 0 for any (default: none)")
	private @Nullable Integer httpsPort;

	@Option(names = "--ca-file", paramLabel = "FILE",
			description = "Where to write the certificate that HTTPS clients have to trust")
	private @Nullable Path caFile;

	@Option(names = "--state", paramLabel = "FILE",
			description = "Where the network is kept, to be there again at the next start (default: nowhere)")
	private @Nullable Path state;

	@Option(names = "--accounts", paramLabel = "FILE",
			description = "Accounts to open at the start, JSON: [{\"account\":\"G...\",\"usdc\":\"100\"}, "
					+ "{\"secret\":\"S...\"}]")
	private @Nullable Path accounts;

	@Option(names = "--host", defaultValue = "localhost", paramLabel = "HOST",
			description = "Address to listen on (default: ${DEFAULT-VALUE})")
	private InetAddress host = InetAddress.getLoopbackAddress();

	@Option(names = "--ledger-interval", defaultValue = "5s", paramLabel = "TIME", converter = IntervalConverter.class,
			description = "Time between ledgers, such as 1s or 500ms (default: ${DEFAULT-VALUE})")
	private Duration interval = Duration.ofSeconds(5);

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Override
	public Integer call() throws InterruptedException {
		AccountsFile funded = accounts();
		try (StellarDevnet devnet = start()) {
			funded.fund(devnet);
			PrintWriter out = this.spec.commandLine().getOut();
			out.println(new StartupBanner(devnet, this.interval, this.httpsPort != null, this.state, funded));
			out.flush();
			new CountDownLatch(1).await();
		}
		return CommandLine.ExitCode.OK;
	}

	private AccountsFile accounts() {
		try {
			return (this.accounts != null) ? AccountsFile.read(this.accounts) : AccountsFile.NONE;
		}
		catch (IllegalArgumentException | UncheckedIOException ex) {
			throw new CommandLine.ParameterException(this.spec.commandLine(), "--accounts: " + ex.getMessage(), ex);
		}
	}

	private StellarDevnet start() {
		try {
			return options().start();
		}
		catch (IllegalArgumentException | UncheckedIOException ex) {
			throw new CommandLine.ParameterException(this.spec.commandLine(),
					ex.getMessage() + ". Choose another --port, --host or --state.", ex);
		}
	}

	private StellarDevnetBuilder options() {
		StellarDevnetBuilder options = StellarDevnet.builder()
			.port(this.port)
			.bindAddress(this.host)
			.ledgerInterval(this.interval);
		if (this.httpsPort != null) {
			options.httpsPort(this.httpsPort);
		}
		if (this.caFile != null) {
			options.caFile(this.caFile);
		}
		if (this.state != null) {
			options.stateFile(this.state);
		}
		return options;
	}

	static CommandLine commandLine() {
		return new CommandLine(new DevnetCommand());
	}

	public static void main(String... args) {
		if (System.getProperty(LOGBACK) == null) {
			System.setProperty(LOGBACK, "stellar-devnet-logback.xml");
		}
		System.exit(commandLine().execute(args));
	}

}
