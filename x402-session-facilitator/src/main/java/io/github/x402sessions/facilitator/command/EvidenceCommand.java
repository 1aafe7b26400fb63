package io.github.x402sessions.facilitator.command;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;

import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.session.evidence.EvidenceRepository;
import io.github.x402sessions.facilitator.session.evidence.KeptEvidence;
import io.github.x402sessions.facilitator.store.DatabaseSchema;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContext;

/**
 * Shows what payers have signed, for whoever disputes a payment.
 */
@Command(name = "evidence", mixinStandardHelpOptions = true,
		description = "Shows what the holder of a session's key has signed for payments, a line of JSON for each.",
		exitCodeListHeading = "Exit codes:%n",
		exitCodeList = { "0:there is evidence", "1:there is none, or it was kept long enough",
				"2:a property or an option is missing or wrong", "4:there are no books of this version to look into" })
public final class EvidenceCommand implements Callable<Integer> {

	@Mixin
	private ToolOptions options = new ToolOptions();

	@Option(names = "--of", required = true, paramLabel = "HASH|ID",
			description = "The hash of the transaction in the receipt, or the id of a settlement")
	private String of = "";

	@Override
	public Integer call() {
		return this.options.with(DatabaseSchema.REQUIRED, List.of(), this::show);
	}

	private int show(ApplicationContext context) {
		List<KeptEvidence> found = context.getBean(EvidenceRepository.class).find(this.of);
		found.forEach((evidence) -> this.options.print(new String(WireJson.write(evidence), StandardCharsets.UTF_8)));
		return found.isEmpty() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
	}

}
