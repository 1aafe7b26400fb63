package io.github.x402sessions.samples.agent;

import java.net.URI;

import io.github.x402sessions.client.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Opens a session that fits a URL and keeps it in a file.
 */
@Command(name = "open", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Opens a payment session that fits a URL and keeps it in a file.",
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:the session is open and kept",
				"2:an option is missing or wrong", "3:the session could not be opened" })
final class OpenCommand extends SessionCommand {

	@Option(names = "--url", required = true, paramLabel = "URL", description = "What to pay for.")
	@SuppressWarnings("NullAway.Init")
	private URI url;

	@Mixin
	private SessionFile file = new SessionFile();

	@Mixin
	private MoneyOptions moneyOptions = new MoneyOptions();

	@Mixin
	private SessionOptions sessionOptions = new SessionOptions();

	@Override
	int run(Report report) {
		PricedUrl priced = PricedUrl.of(this.url, "GET", null);
		Offer offer = priced.offer(this.moneyOptions.network(), this.moneyOptions.asset());
		this.file.create();
		boolean open = false;
		try {
			Session session = new SessionOpener(this.sessionOptions, report).open(offer, this.url);
			open = true;
			this.file.write(session.save());
			report.progress("kept in   " + this.file.path());
			report.status(SessionStatus.fresh(session));
			return 0;
		}
		finally {
			if (!open) {
				this.file.delete();
			}
		}
	}

}
