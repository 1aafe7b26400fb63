package io.github.x402sessions.samples.agent;

import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.samples.agent.call.CallPlan;
import io.github.x402sessions.samples.agent.call.LastPayment;
import io.github.x402sessions.samples.agent.call.PaidCalls;
import io.github.x402sessions.samples.agent.offer.Offer;
import io.github.x402sessions.samples.agent.offer.SchemeChoice;
import io.github.x402sessions.samples.agent.report.JsonReport;
import io.github.x402sessions.samples.agent.report.Report;
import io.github.x402sessions.samples.agent.report.TextReport;
import io.github.x402sessions.samples.agent.session.ExactAccount;
import io.github.x402sessions.samples.agent.session.OpeningKeeper;
import io.github.x402sessions.samples.agent.session.SessionOpener;
import io.github.x402sessions.samples.agent.session.SessionOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Reads the price of a URL, opens a session that fits it and pays for calls.
 */
@Command(name = AgentCommand.NAME, mixinStandardHelpOptions = true, version = "session-agent 0.1.0",
		description = "Pays for calls of a URL, one by one or from a session that it opens.", sortOptions = false,
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:every call was paid", "1:a call was not paid", "2:an option is missing or wrong",
				"3:the session could not be opened, or there is nothing to pay for" },
		footer = {
				"%nfind looks for what is for sale; its numbers are good in place of a --url. The commands open, pay, status and close keep the session in a file between calls; doctor says why a URL cannot be paid; keygen makes "
						+ "a key, signing keygen one for sellers, receipts verify checks what was kept, completion a script for the shell, research is a demonstration. mcp serves models, within a budget; tools calls an MCP server that charges. 'session-agent open "
						+ "--help' and so on tell more." })
public final class AgentCommand implements Callable<Integer> {

	static final String NAME = "session-agent";

	private static final int NOT_ALL_PAID = 1;

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Mixin
	private CallOptions callOptions = new CallOptions();

	@Mixin
	private MoneyOptions moneyOptions = new MoneyOptions();

	@Mixin
	private SessionOptions sessionOptions = new SessionOptions();

	@Option(names = "--json",
			description = "Print one JSON object per call and a last one for all; progress goes to standard error.")
	private boolean json;

	@Option(names = "--scheme", paramLabel = "SCHEME", defaultValue = "auto",
			description = "How to pay: from a session, by exact (a signature for each call), or auto: by exact where "
					+ "the server takes it, else from a session (default: ${DEFAULT-VALUE}).")
	private String scheme = "auto";

	/**
	 * Run the agent.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		System.exit(Commands.of(args).execute(Commands.options(args)));
	}

	@Override
	public Integer call() throws Exception {
		PrintWriter out = this.spec.commandLine().getOut();
		PrintWriter err = this.spec.commandLine().getErr();
		return Attempt.run(this.spec, () -> pay(this.json ? new JsonReport(out, err) : new TextReport(out)));
	}

	private int pay(Report report) {
		CallPlan plan = this.callOptions.plan();
		Offer offer = plan.url()
			.offer(this.moneyOptions.network(), this.moneyOptions.asset(), SchemeChoice.of(this.scheme));
		return calls(plan, offer, report).run().isAllPaid() ? 0 : NOT_ALL_PAID;
	}

	private PaidCalls calls(CallPlan plan, Offer offer, Report report) {
		LastPayment payment = plan.hearing();
		URI url = plan.url().uri();
		if (offer.scheme().equals("exact")) {
			return new PaidCalls(new ExactAccount(this.sessionOptions, report).open(offer, url, payment), payment, plan,
					offer.price(), report);
		}
		Session session = new SessionOpener(this.sessionOptions, report, OpeningKeeper.NONE).open(offer, url, payment,
				plan::signFor);
		return new PaidCalls(session, payment, plan, offer.price(), report);
	}

}
