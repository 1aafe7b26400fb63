package io.github.x402sessions.samples.agent;

import java.net.URI;
import java.util.List;

import io.github.x402sessions.samples.agent.offer.PricedUrl;
import io.github.x402sessions.samples.agent.offer.RequestData;
import io.github.x402sessions.samples.agent.offer.RequestHeader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that say what to request.
 */
final class RequestOptions {

	@Option(names = "--url", required = true, paramLabel = "URL", description = "What to pay for.")
	@SuppressWarnings("NullAway.Init")
	private URI url;

	@Option(names = "--method", paramLabel = "METHOD",
			description = "The HTTP method (default: GET, or POST with --data).")
	private @Nullable String method;

	@Option(names = "--data", paramLabel = "BODY",
			description = "A request body, such as {\"message\":\"hi\"}, or @FILE for what is in a file.")
	private @Nullable String data;

	@Option(names = { "-H", "--header" }, paramLabel = "HEADER",
			description = "A request header, such as 'Accept: text/csv'; can be given several times.")
	private List<String> headers = List.of();

	PricedUrl pricedUrl() {
		RequestData body = (this.data != null) ? RequestData.of(this.data) : RequestData.NONE;
		String defaultMethod = (this.data != null) ? "POST" : "GET";
		return PricedUrl.of(this.url, (this.method != null) ? this.method : defaultMethod, body,
				this.headers.stream().map(RequestHeader::parse).toList());
	}

}
