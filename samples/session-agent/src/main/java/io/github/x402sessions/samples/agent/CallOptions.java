package io.github.x402sessions.samples.agent;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that say what to call.
 */
final class CallOptions {

	@Option(names = "--url", required = true, paramLabel = "URL", description = "What to pay for.")
	@SuppressWarnings("NullAway.Init")
	private URI url;

	@Option(names = "--calls", paramLabel = "N", defaultValue = "10",
			description = "How often to call it (default: ${DEFAULT-VALUE}).")
	private int calls;

	@Option(names = "--method", paramLabel = "METHOD",
			description = "The HTTP method (default: GET, or POST with --data).")
	private @Nullable String method;

	@Option(names = "--data", paramLabel = "BODY", description = "A request body, such as {\"message\":\"hi\"}.")
	private @Nullable String data;

	int calls() {
		if (this.calls < 1) {
			throw new WrongOptionException("--calls", "must be at least 1, not " + this.calls);
		}
		return this.calls;
	}

	PricedUrl pricedUrl() {
		calls();
		String defaultMethod = (this.data != null) ? "POST" : "GET";
		return PricedUrl.of(this.url, (this.method != null) ? this.method : defaultMethod, this.data);
	}

}
