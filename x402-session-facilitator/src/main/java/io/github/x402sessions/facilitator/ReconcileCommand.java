package io.github.x402sessions.facilitator;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import io.github.x402sessions.facilitator.reconcile.Finding;
import io.github.x402sessions.facilitator.reconcile.Reconciliation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Holds the books against the chain.
 */
@Command(name = "reconcile", mixinStandardHelpOptions = true,
		description = "Compares the books with the chain and prints differences.",
		exitCodeListHeading = "Exit codes:%n",
		exitCodeList = { "0:books and chain agree", "1:they differ, or could not be compared" })
final class ReconcileCommand implements Callable<Integer> {

	@Mixin
	private ToolOptions options = new ToolOptions();

	@Override
	public Integer call() {
		return this.options.with(List.of(), (context) -> {
			List<Finding> findings = context.getBean(Reconciliation.class).run();
			findings.forEach((finding) -> this.options.print("%-10s %s %s"
				.formatted(finding.kind().name().toLowerCase(Locale.ROOT), finding.subject(), finding.detail())));
			long differences = findings.stream().filter((finding) -> finding.kind() == Finding.Kind.DIFFERENCE).count();
			this.options.print((differences == 0) ? "Books and chain agree." : differences + " difference(s).");
			return (differences == 0) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
		});
	}

}
