package io.github.x402sessions.facilitator.command;

import java.util.List;

import io.github.x402sessions.facilitator.event.delivery.EventOutbox;
import io.github.x402sessions.facilitator.store.DatabaseSchema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Shows which events wait for their receivers, and has those sent again that were given
 * up.
 */
@Command(name = "events", mixinStandardHelpOptions = true,
		description = "Shows which events wait for webhooks, and sends again what was given up.")
public final class EventsCommand {

	private static final Logger logger = LoggerFactory.getLogger(EventsCommand.class);

	@Command(name = "show", mixinStandardHelpOptions = true,
			description = "Shows for each webhook how many events wait, for how long, and how many were given up.")
	int show(@Mixin ToolOptions options) {
		return options.with(DatabaseSchema.REQUIRED, List.of(), (context) -> {
			context.getBean(EventOutbox.class)
				.backlogs()
				.forEach((one) -> options.print(one.receiver() + ": " + one.waiting() + " waiting, the oldest for "
						+ one.age().toSeconds() + " s, " + one.givenUp() + " given up"));
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
			int count = context.getBean(EventOutbox.class).resume(webhook);
			logger.warn("The operator has {} event(s) sent to {} again", count, webhook);
			options.print(count + " event(s) will be sent again by the facilitator.");
			return (count > 0) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
		});
	}

}
