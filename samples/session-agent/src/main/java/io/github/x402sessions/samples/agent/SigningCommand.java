package io.github.x402sessions.samples.agent;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import io.github.x402sessions.core.offer.OfferKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Makes keys, for sellers who sign offers and receipts.
 */
@Command(name = "signing", mixinStandardHelpOptions = true,
		description = "Makes keys for sellers who sign their offers and receipts.")
final class SigningCommand implements Callable<Integer> {

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Override
	public Integer call() {
		throw new ParameterException(this.spec.commandLine(), "Say what to do: keygen");
	}

	/**
	 * Standard output has the key and nothing else, so that it need not pass a screen.
	 */
	@Command(name = "keygen", mixinStandardHelpOptions = true,
			description = "Makes a key: session-agent signing keygen > offer-key")
	int keygen() {
		OfferKey key = OfferKey.random();
		PrintWriter out = this.spec.commandLine().getOut();
		out.println(key.toSecret());
		out.flush();
		PrintWriter err = this.spec.commandLine().getErr();
		err.println("public    " + key.publicKey());
		err.println("x402.signing.key takes the key or file: and its path; nobody else may have it");
		err.flush();
		return 0;
	}

}
