package io.github.x402sessions.samples.agent;

import io.github.x402sessions.client.SavedSession;
import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionClient;
import io.github.x402sessions.client.SessionClientBuilder;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.samples.agent.call.CallPlan;
import io.github.x402sessions.samples.agent.call.LastPayment;
import io.github.x402sessions.samples.agent.call.PaidCalls;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import io.github.x402sessions.samples.agent.offer.Offer;
import io.github.x402sessions.samples.agent.report.Report;
import io.github.x402sessions.samples.agent.report.Summary;
import io.github.x402sessions.samples.agent.session.SessionFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Pays for calls with a session that is kept in a file. Needs no key.
 */
@Command(name = "pay", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Pays for calls of a URL with a session that is kept in a file; needs no key.",
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:every call was paid", "1:a call was not paid",
				"2:an option is missing or wrong", "3:there is nothing to pay for, or no answer" })
final class PayCommand extends SessionCommand {

	@Mixin
	private SessionFile file = new SessionFile();

	@Mixin
	private CallOptions callOptions = new CallOptions();

	@Option(names = "--prepay", description = "Pay the later calls at once, without asking for the price again.")
	private boolean prepay;

	@Override
	int run(Report report) {
		SavedSession saved = this.file.read().requireSession();
		CallPlan plan = this.callOptions.plan();
		Offer offer = plan.url().offer(Network.of(saved.network()), new Asset(saved.asset(), saved.assetDecimals()));
		if (!offer.recipient().equals(saved.recipient())) {
			throw new WrongOptionException("--url", "the server wants the money to go to " + offer.recipient()
					+ ", the session pays " + saved.recipient());
		}
		LastPayment payment = plan.hearing();
		SessionClientBuilder client = SessionClient.builder(saved)
			.allowedOrigins(plan.url().uri())
			.maxPerCall(offer.asset().toDecimal(offer.price()))
			.listener(payment);
		plan.signFor(client);
		Session session = (this.prepay ? client.prepaying() : client).build().restore(saved);
		Summary summary = new PaidCalls(session, payment, plan, offer.price(), report).run();
		return summary.isAllPaid() ? 0 : NOT_ALL_PAID;
	}

}
