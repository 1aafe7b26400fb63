package io.github.x402sessions.samples.agent;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.github.x402sessions.samples.agent.evidence.ReceiptInspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Checks receipts that were kept, for a payer.
 */
@Command(name = "receipts", mixinStandardHelpOptions = true,
		description = "Checks what servers have signed, as --receipts has kept it.")
final class ReceiptsCommand implements Callable<Integer> {

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Override
	public Integer call() {
		throw new ParameterException(this.spec.commandLine(), "Say what to do: verify FILE");
	}

	/** Asks the servers that have sold for the keys that they publish. */
	@Command(name = "verify", mixinStandardHelpOptions = true,
			description = "Says line by line whether offer and receipt hold, by the keys that the servers publish now.",
			exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:every offer and every receipt holds",
					"1:one does not, or there is none", "2:the file is missing or cannot be read" })
	int verify(@Parameters(paramLabel = "FILE", description = "A file that --receipts has written.") Path file)
			throws Exception {
		return Attempt.run(this.spec,
				() -> new ReceiptInspection(this.spec.commandLine().getOut()).check(file) ? 0 : 1);
	}

}
