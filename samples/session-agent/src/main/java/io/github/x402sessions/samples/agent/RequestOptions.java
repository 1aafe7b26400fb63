package io.github.x402sessions.samples.agent;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import io.github.x402sessions.samples.agent.find.FoundFile;
import io.github.x402sessions.samples.agent.find.FoundRequest;
import io.github.x402sessions.samples.agent.offer.PriceLimit;
import io.github.x402sessions.samples.agent.offer.PricedUrl;
import io.github.x402sessions.samples.agent.offer.RequestData;
import io.github.x402sessions.samples.agent.offer.RequestHeader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The options that say what to request.
 */
final class RequestOptions {

	@Parameters(arity = "0..1", paramLabel = "N",
			description = "What to pay for: a number of the last 'find', which says how it is called.")
	private @Nullable String number;

	@Option(names = "--url", paramLabel = "URL", description = "What to pay for, where it was not found by 'find'.")
	private @Nullable URI url;

	@Option(names = "--method", paramLabel = "METHOD",
			description = "The HTTP method (default: GET, or POST with --data).")
	private @Nullable String method;

	@Option(names = { "--data", "--body" }, paramLabel = "BODY",
			description = "A request body, such as {\"message\":\"hi\"}, or @FILE for what is in a file.")
	private @Nullable String data;

	@Option(names = { "-H", "--header" }, paramLabel = "HEADER",
			description = "A request header, such as 'Accept: text/csv'; can be given several times.")
	private List<String> headers = List.of();

	@Option(names = "--param", paramLabel = "NAME=VALUE",
			description = "A parameter of what was found, in its path or query; can be given several times.")
	private Map<String, String> parameters = Map.of();

	@Option(names = "--example",
			description = "Take what is missing of parameters and body from the examples of what was found.")
	private boolean example;

	@Option(names = "--max-price", paramLabel = "AMOUNT",
			description = "The most that a call may cost (default: that of 'find', or what was listed; with --url what "
					+ "the server asks first).")
	private @Nullable String maxPrice;

	@Mixin
	private FoundFile file = new FoundFile();

	PricedUrl pricedUrl() {
		List<RequestHeader> all = this.headers.stream().map(RequestHeader::parse).toList();
		PricedUrl priced = (this.number != null) ? found(this.number, all) : named(all);
		return (this.maxPrice != null) ? priced.within(new PriceLimit(this.maxPrice, null)) : priced;
	}

	/** What a catalogue lists is a stranger's word: nobody on the way may listen. */
	private PricedUrl found(String which, List<RequestHeader> all) {
		if (this.url != null || this.method != null) {
			throw new WrongOptionException("--url and --method", "are known of what was found");
		}
		if (!which.matches("[0-9]{1,4}")) {
			throw new WrongOptionException("N", "is no number of what was found, and no command");
		}
		PricedUrl priced = new FoundRequest(this.parameters, this.data, all, this.example).of(this.file.read(),
				Integer.parseInt(which));
		AllowedServers.of("N", List.of(priced.uri()));
		return priced;
	}

	private PricedUrl named(List<RequestHeader> all) {
		if (this.url == null) {
			throw new WrongOptionException("--url", "is needed, or the number of what 'find' has found");
		}
		if (!this.parameters.isEmpty() || this.example) {
			throw new WrongOptionException("--param and --example", "are for what was found, not for a --url");
		}
		RequestData body = (this.data != null) ? RequestData.of(this.data) : RequestData.NONE;
		String defaultMethod = (this.data != null) ? "POST" : "GET";
		return PricedUrl.of(this.url, (this.method != null) ? this.method : defaultMethod, body, all);
	}

}
