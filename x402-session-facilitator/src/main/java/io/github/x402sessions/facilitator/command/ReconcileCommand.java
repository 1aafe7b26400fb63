package io.github.x402sessions.facilitator.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.audit.Actor;
import io.github.x402sessions.facilitator.reconcile.Finding;
import io.github.x402sessions.facilitator.reconcile.Finding.Kind;
import io.github.x402sessions.facilitator.reconcile.OperatorDecisions;
import io.github.x402sessions.facilitator.reconcile.Reconciliation;
import io.github.x402sessions.facilitator.reconcile.Reconciliation.Change;
import io.github.x402sessions.facilitator.store.DatabaseSchema;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Holds the books against the chain and the chain against the books.
 */
@Command(name = "reconcile", mixinStandardHelpOptions = true,
		description = "Compares the books with the chain and prints differences.",
		exitCodeListHeading = "Exit codes:%n",
		exitCodeList = { "0:books and chain agree", "1:they differ", "2:a property or an option is missing or wrong",
				"3:the Stellar RPC gives no usable answer", "4:there are no books of this version to look into" })
public final class ReconcileCommand implements Callable<Integer> {

	@Mixin
	private ToolOptions options = new ToolOptions();

	@Option(names = "--since", paramLabel = "INSTANT",
			description = "Leaves out what is older, such as 2026-11-01T00:00:00Z")
	private @Nullable Instant since;

	@Option(names = "--reason", paramLabel = "TEXT", description = "Why something is changed, for the audit log")
	private @Nullable String reason;

	@ArgGroup
	private @Nullable Changes changes;

	@Override
	public Integer call() {
		return this.options.with(DatabaseSchema.REQUIRED, List.of(), this::reconcile);
	}

	private int reconcile(ApplicationContext context) {
		Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
		run(context, (finding) -> {
			counts.merge(finding.kind(), 1, Integer::sum);
			print(finding);
		});
		int differences = counts.getOrDefault(Kind.DIFFERENCE, 0);
		int repaired = counts.getOrDefault(Kind.REPAIRED, 0);
		if (repaired > 0) {
			this.options.print(repaired + " difference(s) settled.");
		}
		this.options.print((differences == 0) ? "Books and chain agree." : differences + " difference(s).");
		return (differences == 0) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
	}

	/** What changes nothing is nobody's decision. */
	private void run(ApplicationContext context, Consumer<Finding> findings) {
		Change change = change();
		Reconciliation reconciliation = context.getBean(Reconciliation.class);
		OperatorDecisions decisions = context.getBean(OperatorDecisions.class);
		Supplier<List<Finding>> all = () -> {
			List<Finding> found = new ArrayList<>();
			reconciliation.run(this.since, change, (finding) -> {
				found.add(finding);
				findings.accept(finding);
			});
			return found;
		};
		switch (change) {
			case NOTHING -> reconciliation.run(this.since, change, findings);
			case REPAIR -> decisions.repair(Actor.commandLine(), this.reason, all);
			case ACCEPT -> decisions.accept(Actor.commandLine(), null, this.reason, all);
		}
	}

	private void print(Finding finding) {
		this.options.print("%-10s %s %s".formatted(finding.kind().name().toLowerCase(Locale.ROOT), finding.subject(),
				finding.detail()));
	}

	private Change change() {
		if (this.changes == null) {
			return Change.NOTHING;
		}
		return this.changes.accept ? Change.ACCEPT : this.changes.repair ? Change.REPAIR : Change.NOTHING;
	}

	/** Treatment of differences, one of the two. */
	private static final class Changes {

		@Option(names = "--repair", description = "Writes into the books what the chain proves, and prints it")
		private boolean repair;

		@Option(names = "--accept",
				description = "Accepts transfers that the books lack, so that a facilitator settles again")
		private boolean accept;

	}

}
