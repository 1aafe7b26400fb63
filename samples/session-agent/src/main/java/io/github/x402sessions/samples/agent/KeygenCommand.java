package io.github.x402sessions.samples.agent;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import io.github.x402sessions.stellar.account.AccountKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Makes the key of a new account. Standard output has the key and nothing else, so that
 * it need not pass a screen.
 */
@Command(name = "keygen", mixinStandardHelpOptions = true,
		description = "Makes the key of a new account: export SESSION_AGENT_SECRET=$(session-agent keygen)")
final class KeygenCommand implements Callable<Integer> {

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Override
	public Integer call() {
		String secret = AccountKey.randomSecret();
		PrintWriter out = this.spec.commandLine().getOut();
		out.println(secret);
		out.flush();
		PrintWriter err = this.spec.commandLine().getErr();
		err.println("account   " + AccountKey.of(secret).address());
		err.println("before it can pay, it needs some XLM, a trustline for what it pays with, and that money");
		err.flush();
		return 0;
	}

}
