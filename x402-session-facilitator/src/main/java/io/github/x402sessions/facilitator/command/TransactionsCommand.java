package io.github.x402sessions.facilitator.command;

import java.util.List;
import java.util.Optional;

import io.github.x402sessions.facilitator.audit.Actor;
import io.github.x402sessions.facilitator.reconcile.OpenTransaction;
import io.github.x402sessions.facilitator.reconcile.OpenTransaction.ChainEvidence;
import io.github.x402sessions.facilitator.reconcile.OpenTransactions;
import io.github.x402sessions.facilitator.reconcile.OperatorDecisions;
import io.github.x402sessions.facilitator.store.DatabaseSchema;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Shows transactions whose end nobody knows, and lets an operator decide it who has seen
 * what the payer's and the recipient's accounts say.
 */
@Command(name = "transactions", mixinStandardHelpOptions = true,
		description = "Shows transactions whose end nobody knows, and decides it.")
public final class TransactionsCommand {

	@Command(name = "open", mixinStandardHelpOptions = true,
			description = "Shows the transactions that are open, and what there is to decide them by.")
	int open(@Mixin ToolOptions options) {
		return options.with(DatabaseSchema.REQUIRED, List.of(), (context) -> {
			context.getBean(OpenTransactions.class)
				.show(Integer.MAX_VALUE, (transaction) -> print(transaction, options));
			return CommandLine.ExitCode.OK;
		});
	}

	private static void print(OpenTransaction transaction, ToolOptions options) {
		OpenTransaction.Booked booked = transaction.booked();
		options.print(booked.hash() + " " + booked.status());
		options.print("  written down  " + booked.writtenDown() + ", after ledger " + booked.ledger());
		options.print("  transfers     " + booked.transfer().amount() + " of " + booked.transfer().asset());
		ChainEvidence evidence = transaction.evidence();
		options.print("  from          " + booked.transfer().from() + ((evidence != null && evidence.allowed() != null)
				? ", who allows " + evidence.allowed() + " now" : ""));
		options.print("  to            " + booked.transfer().to());
		options.print(
				"  node          "
						+ ((evidence != null)
								? evidence.found().status() + ", it remembers ledgers "
										+ evidence.found().oldestLedger() + " to " + evidence.found().latestLedger()
								: "says nothing now"));
		options.print("  source        " + booked.source() + " number " + booked.sequence()
				+ ((evidence != null) ? ", has used " + evidence.used() : ""));
	}

	@Command(name = "decide", mixinStandardHelpOptions = true,
			description = "Writes down how a transaction has ended of which no node tells any more.")
	int decide(@Option(names = "--hash", required = true, description = "The transaction's hash") String hash,
			@Option(names = "--moved", required = true, arity = "1", paramLabel = "true|false",
					description = "Whether the money has moved") boolean moved,
			@Option(names = "--reason", paramLabel = "TEXT",
					description = "Why, for the audit log") @Nullable String reason,
			@Mixin ToolOptions options) {
		return options.with(DatabaseSchema.REQUIRED, List.of(), (context) -> {
			Optional<String> objection = context.getBean(OperatorDecisions.class)
				.decide(Actor.commandLine(), hash, moved, reason);
			options.print(objection.map((why) -> "Nothing is changed: " + why + ".")
				.orElse(moved ? "The payment is booked as made." : "What was reserved is free again."));
			return objection.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
		});
	}

}
