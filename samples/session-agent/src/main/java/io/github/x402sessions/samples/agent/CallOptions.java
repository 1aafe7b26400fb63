package io.github.x402sessions.samples.agent;

import java.nio.file.Path;

import io.github.x402sessions.samples.agent.call.CallPlan;
import io.github.x402sessions.samples.agent.call.OutputFile;
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

	CallPlan plan() {
		if (this.calls < 1) {
			throw new WrongOptionException("--calls", "must be at least 1, not " + this.calls);
		}
		return new CallPlan(this.request.pricedUrl(), this.calls, this.keepGoing,
				(this.output != null) ? OutputFile.at(this.output, this.calls) : null);
	}

}
