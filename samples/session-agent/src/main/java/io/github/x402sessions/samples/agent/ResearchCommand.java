package io.github.x402sessions.samples.agent;

import java.net.URI;
import java.util.List;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.samples.agent.offer.Offer;
import io.github.x402sessions.samples.agent.offer.PricedUrl;
import io.github.x402sessions.samples.agent.offer.RequestData;
import io.github.x402sessions.samples.agent.report.Report;
import io.github.x402sessions.samples.agent.research.Bill;
import io.github.x402sessions.samples.agent.research.PaidSource;
import io.github.x402sessions.samples.agent.research.Research;
import io.github.x402sessions.samples.agent.session.OpeningKeeper;
import io.github.x402sessions.samples.agent.session.SessionOpener;
import io.github.x402sessions.samples.agent.session.SessionOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A demonstration: an agent with a budget works on a question with what the paid chat
 * sells, and prints its bill.
 */
@Command(name = "research", mixinStandardHelpOptions = true, sortOptions = false,
		description = "A demonstration: looks into a question with three paid endpoints of the paid chat, within the "
				+ "--cap, and prints its bill.",
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:there is a result", "1:the budget was too small",
				"2:an option is missing or wrong", "3:the session could not be opened" })
final class ResearchCommand extends SessionCommand {

	@Option(names = "--shop", paramLabel = "URL", defaultValue = "http://localhost:8080",
			description = "The paid chat (default: ${DEFAULT-VALUE}).")
	@SuppressWarnings("NullAway.Init")
	private URI shop;

	@Option(names = "--question", paramLabel = "TEXT", defaultValue = "What is a fair price?",
			description = "What to look into (default: ${DEFAULT-VALUE}).")
	private String question = "";

	@Mixin
	private MoneyOptions moneyOptions = new MoneyOptions();

	@Mixin
	private SessionOptions sessionOptions = new SessionOptions();

	@Override
	int run(Report report) {
		PricedUrl dearest = PricedUrl.of(this.shop.resolve("/api/chat"), "POST",
				RequestData.of("{\"message\":\"hello\"}"), List.of());
		Offer offer = dearest.offer(this.moneyOptions.network(), this.moneyOptions.asset());
		Session session = new SessionOpener(this.sessionOptions, report, OpeningKeeper.NONE).open(offer, this.shop);
		Bill bill = new Bill(session.asset());
		boolean found = new Research(new PaidSource(session, this.shop, bill), report).lookInto(this.question);
		bill.print(report, session.cap());
		return found ? 0 : NOT_ALL_PAID;
	}

}
