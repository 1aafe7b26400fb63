package io.github.x402sessions.samples.agent;

import java.net.URI;

import io.github.x402sessions.client.SavedSession;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.samples.agent.report.Report;
import io.github.x402sessions.samples.agent.session.KeptSession;
import io.github.x402sessions.samples.agent.session.PayerKey;
import io.github.x402sessions.samples.agent.session.SessionFile;
import io.github.x402sessions.samples.agent.session.SessionOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Takes a session's allowance back and deletes its file.
 */
@Command(name = "close", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Takes the allowance of a session back, with all others of its account at that facilitator, "
				+ "and deletes the file.",
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:the allowance is taken back",
				"2:an option is missing or wrong", "3:it is not, or perhaps not" })
final class CloseCommand extends SessionCommand {

	@Mixin
	private SessionFile file = new SessionFile();

	@Option(names = "--rpc", paramLabel = "URL",
			description = "The chain's RPC URL (default: http://localhost:8000/rpc with a facilitator on this "
					+ "machine, else a public one of the network).")
	private @Nullable URI rpc;

	@Option(names = "--secret", paramLabel = "S...", defaultValue = "${env:SESSION_AGENT_SECRET:-}",
			description = "The secret key of the account that pays; better given as SESSION_AGENT_SECRET in the "
					+ "environment (default: that of the file, which has it where the account was made by open).")
	private String secret = "";

	@Override
	int run(Report report) {
		KeptSession kept = this.file.read();
		SavedSession saved = kept.requireSession();
		SessionSigner signer = PayerKey.of(saved.user(), this.secret, kept);
		report.progress("closing   the session, which takes a ledger or two");
		URI chain = SessionOptions.rpc(this.rpc, URI.create(saved.facilitator()), Network.of(saved.network()));
		saved.client().signer(signer).rpc(chain).build().restore(saved).close();
		this.file.delete(kept, report);
		report.progress("closed    nothing more can be spent");
		return 0;
	}

}
