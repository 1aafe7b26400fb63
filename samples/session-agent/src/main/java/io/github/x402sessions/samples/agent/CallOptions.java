package io.github.x402sessions.samples.agent;

import java.net.URI;
import java.nio.file.Path;

import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.samples.agent.call.CallPlan;
import io.github.x402sessions.samples.agent.call.OutputFile;
import io.github.x402sessions.samples.agent.evidence.ReceiptFile;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options that say what to call, how often, and where what was bought goes.
 */
final class CallOptions {

	@Mixin
	private RequestOptions request = new RequestOptions();

	@Option(names = "--calls", paramLabel = "N", defaultValue = "10",
			description = "How often to call it (default: ${DEFAULT-VALUE}).")
	private int calls;

	@Option(names = "--keep-going", description = "Go on after a call that was not paid.")
	private boolean keepGoing;

	@Option(names = { "-o", "--output" }, paramLabel = "FILE",
			description = "Write what was bought to a file, and what later calls bought to FILE.2 and so on.")
	private @Nullable Path output;

	@Option(names = "--public-origin", paramLabel = "URL",
			description = "Where the server says that it is, if not where it is called, such as behind a proxy; "
					+ "payments are signed for no other place.")
	private @Nullable URI publicOrigin;

	@Option(names = "--receipts", paramLabel = "FILE",
			description = "Append a line of JSON for every paid call to a file, with what the server has signed; "
					+ "'receipts verify FILE' checks it.")
	private @Nullable Path receipts;

	CallPlan plan() {
		checkOrigin();
		if (this.calls < 1) {
			throw new WrongOptionException("--calls", "must be at least 1, not " + this.calls);
		}
		return new CallPlan(this.request.pricedUrl(), this.calls, this.keepGoing,
				(this.output != null) ? OutputFile.at(this.output, this.calls) : null, this.publicOrigin,
				(this.receipts != null) ? ReceiptFile.at(this.receipts) : null);
	}

	private void checkOrigin() {
		try {
			if (this.publicOrigin != null) {
				Origin.of(this.publicOrigin);
			}
		}
		catch (IllegalArgumentException ex) {
			throw new WrongOptionException("--public-origin", String.valueOf(ex.getMessage()));
		}
	}

}
