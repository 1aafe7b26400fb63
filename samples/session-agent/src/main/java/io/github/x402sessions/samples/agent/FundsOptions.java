package io.github.x402sessions.samples.agent;

import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import io.github.x402sessions.samples.agent.funds.AgentFunds;
import io.github.x402sessions.samples.agent.funds.SpendingPlan;
import io.github.x402sessions.samples.agent.offer.SchemeChoice;
import io.github.x402sessions.samples.agent.report.Report;
import io.github.x402sessions.samples.agent.session.SessionFiles;
import io.github.x402sessions.samples.agent.session.SessionOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options that say how much may be spent, and from what.
 */
final class FundsOptions {

	@Option(names = "--session", paramLabel = "FILE",
			description = "The file that the session is kept in; where several are paid, FILE.2 and so on have theirs. "
					+ "Opened at the first payment, gone on with at the next start (default: sessions end with the "
					+ "process).")
	private @Nullable Path session;

	@Option(names = "--scheme", paramLabel = "SCHEME", defaultValue = "session",
			description = "How to pay: from a session, by exact (a signature for each call), or auto: by exact where "
					+ "the server takes it, else from a session (default: ${DEFAULT-VALUE}).")
	private String scheme = "session";

	@Option(names = "--max-price", paramLabel = "AMOUNT", defaultValue = "0.10",
			description = "The most that one call may cost (default: ${DEFAULT-VALUE}).")
	private String maxPrice = "";

	@Option(names = "--total", paramLabel = "AMOUNT",
			description = "The most to spend in all until this process ends, by all sessions and calls together "
					+ "(default: --cap, which is the most of one session).")
	private @Nullable String total;

	@Option(names = "--public-origin", paramLabel = "URL",
			description = "Where the servers say that they are, if not where they are called; mcp://tool for MCP servers "
					+ "that have a URL and name no more than their tools. Sessions' keys sign for no other place.")
	private @Nullable URI publicOrigin;

	@Mixin
	private MoneyOptions moneyOptions = new MoneyOptions();

	@Mixin
	private SessionOptions sessionOptions = new SessionOptions();

	/**
	 * Make the funds. Nothing is opened or sent.
	 * @param servers who may be paid
	 * @param report is told of accounts and sessions
	 */
	AgentFunds funds(List<URI> servers, Report report) {
		Asset asset = this.moneyOptions.asset();
		BigInteger cap = amount("--cap", this.sessionOptions.cap(), asset);
		BigInteger most = (this.total != null) ? amount("--total", this.total, asset) : cap;
		BigInteger price = amount("--max-price", this.maxPrice, asset);
		SchemeChoice choice = SchemeChoice.of(this.scheme);
		if (choice != SchemeChoice.EXACT && cap.compareTo(most) > 0) {
			throw new WrongOptionException("--total", "is less than the --cap of one session");
		}
		if (price.compareTo(most) > 0) {
			throw new WrongOptionException("--max-price", "is more than may be spent in all");
		}
		return new AgentFunds(
				new SpendingPlan(this.moneyOptions.network(), asset, choice, price, most, servers, publicOrigin()),
				this.sessionOptions, new SessionFiles(this.session, report), report);
	}

	/** The facilitator, if the user names one. */
	Optional<URI> facilitator() {
		return this.sessionOptions.facilitator();
	}

	private @Nullable URI publicOrigin() {
		try {
			if (this.publicOrigin != null) {
				Origin.of(this.publicOrigin);
			}
			return this.publicOrigin;
		}
		catch (IllegalArgumentException ex) {
			throw new WrongOptionException("--public-origin", String.valueOf(ex.getMessage()));
		}
	}

	private static BigInteger amount(String option, String decimal, Asset asset) {
		try {
			BigInteger units = asset.toBaseUnits(decimal);
			if (units.signum() < 1) {
				throw new WrongOptionException(option, "must be more than 0");
			}
			return units;
		}
		catch (IllegalArgumentException ex) {
			throw new WrongOptionException(option, String.valueOf(ex.getMessage()));
		}
	}

}
