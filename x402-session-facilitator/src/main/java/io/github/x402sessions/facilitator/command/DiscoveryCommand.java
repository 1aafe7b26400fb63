package io.github.x402sessions.facilitator.command;

import java.util.List;

import io.github.x402sessions.facilitator.discovery.Listings;
import io.github.x402sessions.facilitator.store.DatabaseSchema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Hides and shows listings, and gives origins up, as an operator decides. Each change is
 * logged.
 */
@Command(name = "discovery", mixinStandardHelpOptions = true,
		description = "Hides what is listed, shows it again, and gives up whose an origin is.")
public final class DiscoveryCommand {

	private static final Logger logger = LoggerFactory.getLogger(DiscoveryCommand.class);

	@Command(name = "hide", mixinStandardHelpOptions = true,
			description = "Hides a URL, or an origin with all that is and will be listed there.")
	int hide(
			@Option(names = "--of", required = true, paramLabel = "URL|ORIGIN",
					description = "The URL as it is listed, or an origin such as https://shop.example") String of,
			@Mixin ToolOptions options) {
		return change(of, true, options);
	}

	@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows what was hidden.")
	int show(@Option(names = "--of", required = true, paramLabel = "URL|ORIGIN",
			description = "The URL as it is listed, or an origin") String of, @Mixin ToolOptions options) {
		return change(of, false, options);
	}

	private static int change(String of, boolean hidden, ToolOptions options) {
		return options.with(DatabaseSchema.REQUIRED, List.of(), (context) -> {
			int count = context.getBean(Listings.class).hide(of, hidden);
			logger.warn("The operator {} {} listing(s) of {}", hidden ? "hides" : "shows", count, of);
			options.print(count + " listing(s) " + (hidden ? "hidden." : "shown."));
			return (count > 0 || (hidden && Listings.isOrigin(of))) ? CommandLine.ExitCode.OK
					: CommandLine.ExitCode.SOFTWARE;
		});
	}

	@Command(name = "release", mixinStandardHelpOptions = true,
			description = "Forgets an origin with all that is listed there: it is whoever's that is paid there next.")
	int release(
			@Option(names = "--origin", required = true,
					description = "The origin, such as https://shop.example") String origin,
			@Mixin ToolOptions options) {
		return options.with(DatabaseSchema.REQUIRED, List.of(), (context) -> {
			boolean known = context.getBean(Listings.class).release(origin);
			logger.warn("The operator releases the origin {}", origin);
			options.print(known ? "The origin is nobody's." : "Nothing is listed there.");
			return known ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
		});
	}

}
