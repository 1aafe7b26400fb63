package io.github.x402sessions.samples.agent;

import java.math.BigInteger;
import java.net.URI;
import java.util.List;

import io.github.x402sessions.client.diagnosis.CheckResult;
import io.github.x402sessions.client.diagnosis.Diagnosis;
import io.github.x402sessions.client.diagnosis.DiagnosisPlan;
import io.github.x402sessions.client.diagnosis.PaymentDoctor;
import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.StellarAddress;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import io.github.x402sessions.samples.agent.offer.PricedUrl;
import io.github.x402sessions.samples.agent.offer.RequestData;
import io.github.x402sessions.samples.agent.offer.RequestHeader;
import io.github.x402sessions.samples.agent.offer.SchemeChoice;
import io.github.x402sessions.samples.agent.report.DoctorReport;
import io.github.x402sessions.samples.agent.report.Report;
import io.github.x402sessions.samples.agent.session.PayerKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Finds out why a URL cannot be paid, and says what to do.
 */
@Command(name = "doctor", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Looks at what a URL asks, at its facilitator, at the ledger and at the accounts, and says what to "
				+ "do. It pays nothing; the request is made without a payment, so what is free is done.",
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:a payment should work", "1:no payment works",
				"2:an option is missing or wrong", "3:nobody who was asked has answered" })
final class DoctorCommand extends SessionCommand {

	private static final int NOT_PAYABLE = 1;

	private static final int NO_ANSWER = 3;

	private static final int LAST_PORT = 65535;

	private static final URI LOCAL_RPC = URI.create("http://localhost:8000/rpc");

	@Parameters(paramLabel = "URL", description = "What is to be paid for.")
	@SuppressWarnings("NullAway.Init")
	private URI url;

	@Option(names = "--method", paramLabel = "METHOD",
			description = "The HTTP method (default: GET, or POST with --data).")
	private @Nullable String method;

	@Option(names = { "--data", "--body" }, paramLabel = "BODY",
			description = "A request body, or @FILE for what is in a file.")
	private @Nullable String data;

	@Option(names = { "-H", "--header" }, paramLabel = "HEADER",
			description = "A request header, such as 'Accept: text/csv'; can be given several times.")
	private List<String> headers = List.of();

	@Option(names = "--facilitator", paramLabel = "URL",
			description = "The facilitator (default: the one that the server names, where it is a public one by https, or "
					+ "both are on this machine).")
	private @Nullable URI facilitator;

	@Option(names = "--rpc", paramLabel = "URL",
			description = "The chain's RPC URL (default: http://localhost:8000/rpc with a facilitator on this machine, "
					+ "else a public one of the network).")
	private @Nullable URI rpc;

	@Option(names = "--scheme", paramLabel = "SCHEME", defaultValue = "auto",
			description = "How it is to be paid: session, exact, or auto for exact where the server takes it, else from a "
					+ "session (default: ${DEFAULT-VALUE}).")
	private String scheme = "auto";

	@Option(names = "--account", paramLabel = "G...",
			description = "The account that is to pay (default: that of SESSION_AGENT_SECRET in the environment).")
	private @Nullable String account;

	@Option(names = "--secret", hidden = true, defaultValue = "${env:SESSION_AGENT_SECRET:-}")
	private String secret = "";

	@Option(names = "--cap", paramLabel = "AMOUNT", defaultValue = "1.00",
			description = "The most to spend in all (default: ${DEFAULT-VALUE}).")
	private String cap = "";

	@Option(names = "--page-origin", paramLabel = "URL",
			description = "Where a page is from that is to pay in a browser: looks at the server's CORS too.")
	private @Nullable URI pageOrigin;

	@Mixin
	private MoneyOptions moneyOptions = new MoneyOptions();

	@Override
	int run(Report report) {
		Asset asset = this.moneyOptions.asset();
		PricedUrl request = request();
		DiagnosisPlan plan = DiagnosisPlan.of(this.moneyOptions.network(), asset)
			.withSchemes(SchemeChoice.of(this.scheme).schemes())
			.withAccount(account(), units(asset))
			.withServices(web("--facilitator", this.facilitator), web("--rpc", this.rpc), LOCAL_RPC)
			.withPageOrigin(web("--page-origin", this.pageOrigin));
		Diagnosis diagnosis = PaymentDoctor.create().examine(request.request(), plan);
		report(report, diagnosis);
		if (!diagnosis.answered()) {
			return NO_ANSWER;
		}
		return diagnosis.isPayable() ? 0 : NOT_PAYABLE;
	}

	private static void report(Report report, Diagnosis diagnosis) {
		List<CheckResult> results = diagnosis.results();
		for (CheckResult result : results) {
			report.line("%-5s %-12s %s".formatted(DoctorReport.word(result.level()), result.topic(), result.text()));
			if (result.advice() != null) {
				report.line("%-18s -> %s".formatted("", result.advice()));
			}
		}
		long failed = results.stream().filter((result) -> result.level() == CheckResult.Level.FAIL).count();
		long warned = results.stream().filter((result) -> result.level() == CheckResult.Level.WARN).count();
		String warnings = (warned == 0) ? "" : "; to look at: " + warned;
		report.line("doctor    " + (diagnosis.isPayable() ? "a payment should work" + warnings
				: "no payment works; to mend: " + failed + warnings));
		report.object(DoctorReport.of(diagnosis));
	}

	private PricedUrl request() {
		web("URL", this.url);
		RequestData body = (this.data != null) ? RequestData.of(this.data) : RequestData.NONE;
		String usual = (this.data != null) ? "POST" : "GET";
		return PricedUrl.of(this.url, (this.method != null) ? this.method : usual, body,
				this.headers.stream().map(RequestHeader::parse).toList());
	}

	private static @Nullable URI web(String option, @Nullable URI url) {
		try {
			int port = (url != null) ? Origin.of(url).port() : 0;
			if (port < 0 || port > LAST_PORT) {
				throw new IllegalArgumentException("'" + url + "' is no http or https URL that can be called");
			}
			return url;
		}
		catch (IllegalArgumentException ex) {
			throw new WrongOptionException(option, String.valueOf(ex.getMessage()));
		}
	}

	private @Nullable String account() {
		if (this.account != null) {
			if (!StellarAddress.isAccount(this.account) && !StellarAddress.isContract(this.account)) {
				throw new WrongOptionException("--account", "is no address (56 characters, G..., a valid checksum)");
			}
			return this.account;
		}
		return this.secret.isBlank() ? null : PayerKey.given(this.secret).signer().accountId();
	}

	private BigInteger units(Asset asset) {
		try {
			return asset.toBaseUnits(this.cap);
		}
		catch (IllegalArgumentException ex) {
			throw new WrongOptionException("--cap", String.valueOf(ex.getMessage()));
		}
	}

}
