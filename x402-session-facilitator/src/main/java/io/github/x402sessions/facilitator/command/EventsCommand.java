package io.github.x402sessions.facilitator.command;

import java.util.List;

import io.github.x402sessions.facilitator.audit.Actor;
import io.github.x402sessions.facilitator.audit.Audit;
import io.github.x402sessions.facilitator.audit.AuditEntry;
import io.github.x402sessions.facilitator.event.delivery.EventBacklog;
import io.github.x402sessions.facilitator.event.delivery.EventOutbox;
import io.github.x402sessions.facilitator.store.DatabaseSchema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Shows which events wait for their receivers, has those sent again that were given up,
 * and ends subscriptions.
 */
@Command(name = "events", mixinStandardHelpOptions = true,
		description = "Shows which events wait for webhooks, sends again what was given up, and ends subscriptions.")
public final class EventsCommand {

	private static final Logger logger = LoggerFactory.getLogger(EventsCommand.class);

	@Command(name = "show", mixinStandardHelpOptions = true,
			description = "Shows for each webhook how many events wait, for how long, and how many were given up.")
	int show(@Mixin ToolOptions options) {
		return options.with(DatabaseSchema.REQUIRED, List.of(), (context) -> {
			context.getBean(EventOutbox.class)
				.backlogs()
				.forEach((one) -> options
					.print(one.receiver() + ": " + number(one.waiting()) + " waiting, the oldest for "
							+ one.age().toSeconds() + " s, " + number(one.givenUp()) + " given up"));
			return CommandLine.ExitCode.OK;
		});
	}

	@Command(name = "resend", mixinStandardHelpOptions = true,
			description = "Sends what was given up again, after what was sent meanwhile.")
	int resend(
			@Option(names = "--webhook", required = true, paramLabel = "NAME",
					description = "The webhook's name in the configuration") String webhook,
			@Mixin ToolOptions options) {
		return options.with(DatabaseSchema.REQUIRED, List.of(), (context) -> {
			EventOutbox outbox = context.getBean(EventOutbox.class);
			int count = context.getBean(Audit.class)
				.around(begun("events.resend", webhook), () -> outbox.resume(webhook),
						(events) -> events + " event(s) wait again");
			logger.warn("The operator has {} event(s) sent to {} again", count, webhook);
			options.print(count + " event(s) will be sent again by the facilitator.");
			return (count > 0) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
		});
	}

	@Command(name = "end", mixinStandardHelpOptions = true,
			description = "Gives up all that waits for a webhook, and writes nothing more for it until a facilitator"
					+ " starts that has it configured.")
	int end(@Option(names = "--webhook", required = true, paramLabel = "NAME",
			description = "The webhook's name in the configuration, or the one that it had") String webhook,
			@Mixin ToolOptions options) {
		return options.with(DatabaseSchema.REQUIRED, List.of(), (context) -> {
			EventOutbox outbox = context.getBean(EventOutbox.class);
			boolean known = outbox.backlogs().stream().anyMatch((one) -> one.receiver().equals(webhook));
			if (!known) {
				options.print("No webhook of that name is known.");
				return CommandLine.ExitCode.SOFTWARE;
			}
			int count = context.getBean(Audit.class)
				.around(begun("events.end", webhook), () -> outbox.end(webhook),
						(events) -> events + " event(s) given up");
			logger.warn("The operator ends the subscription of {}: {} event(s) are given up", webhook, count);
			options.print(count + " event(s) are given up, and no more are written for it.");
			return CommandLine.ExitCode.OK;
		});
	}

	private static String number(long counted) {
		return (counted < EventBacklog.MOST) ? Long.toString(counted) : counted + " or more";
	}

	private static AuditEntry begun(String action, String webhook) {
		return AuditEntry.begun(Actor.commandLine(), action, "webhook " + webhook, null);
	}

}
