package io.github.x402sessions.facilitator.command;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.audit.Actor;
import io.github.x402sessions.facilitator.config.AccessProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.merchant.InvalidMerchantException;
import io.github.x402sessions.facilitator.merchant.Merchant;
import io.github.x402sessions.facilitator.merchant.MerchantDescription;
import io.github.x402sessions.facilitator.merchant.MerchantRegistry;
import io.github.x402sessions.facilitator.merchant.MerchantReports;
import io.github.x402sessions.facilitator.merchant.MerchantRequest;
import io.github.x402sessions.facilitator.store.DatabaseSchema;
import io.github.x402sessions.facilitator.store.Nodes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContext;

/**
 * Makes merchants, changes and pauses them, and shows how they stand.
 */
@Command(name = "merchants", mixinStandardHelpOptions = true, subcommands = MerchantKeysCommand.class,
		description = "Makes merchants, changes and pauses them, makes and revokes their keys, and shows how they stand.")
public final class MerchantsCommand {

	@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the merchants, a line of JSON each.")
	int list(@Mixin ToolOptions options) {
		return with(DatabaseSchema.REQUIRED, options, (context) -> {
			context.getBean(MerchantRegistry.class)
				.all()
				.forEach((merchant) -> print(options, MerchantDescription.of(merchant, null, now(context))));
			return CommandLine.ExitCode.OK;
		});
	}

	@Command(name = "show", mixinStandardHelpOptions = true,
			description = "Shows a merchant with its keys, and what it was paid and is owed.")
	int show(@Option(names = "--name", required = true, description = "The merchant's name") String name,
			@Option(names = "--days", defaultValue = "7", paramLabel = "N",
					description = "How many days, today among them, at most 30; 7 where left out") int days,
			@Mixin ToolOptions options) {
		return with(DatabaseSchema.REQUIRED, options, (context) -> {
			Merchant merchant = context.getBean(MerchantRegistry.class).get(name);
			shown(context, options, merchant);
			print(options, context.getBean(MerchantReports.class).of(merchant, days));
			return CommandLine.ExitCode.OK;
		});
	}

	@Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a merchant, which has no key yet.")
	int create(@Option(names = "--name", required = true, description = "Its name: a to z, 0 to 9 and -") String name,
			@ArgGroup(exclusive = false) @Nullable Terms terms, @Mixin ToolOptions options) {
		return with(DatabaseSchema.MIGRATED, options, (context) -> shown(context, options,
				warned(context, options).create(Actor.commandLine(), Terms.request(name, terms))));
	}

	@Command(name = "change", mixinStandardHelpOptions = true,
			description = "Changes what a merchant is paid. What is left out stays as it is.")
	int change(@Option(names = "--name", required = true, description = "The merchant's name") String name,
			@ArgGroup(exclusive = false) @Nullable Terms terms, @Mixin ToolOptions options) {
		return with(DatabaseSchema.REQUIRED, options, (context) -> shown(context, options,
				warned(context, options).change(Actor.commandLine(), name, Terms.request(null, terms))));
	}

	@Command(name = "pause", mixinStandardHelpOptions = true,
			description = "Lets nothing new be done for a merchant. What is committed is paid all the same.")
	int pause(@Option(names = "--name", required = true, description = "The merchant's name") String name,
			@Option(names = "--reason", paramLabel = "TEXT",
					description = "Why, for the audit log") @Nullable String reason,
			@Mixin ToolOptions options) {
		return pause(name, true, reason, options);
	}

	@Command(name = "resume", mixinStandardHelpOptions = true, description = "Lets a merchant go on.")
	int resume(@Option(names = "--name", required = true, description = "The merchant's name") String name,
			@Option(names = "--reason", paramLabel = "TEXT",
					description = "Why, for the audit log") @Nullable String reason,
			@Mixin ToolOptions options) {
		return pause(name, false, reason, options);
	}

	private static int pause(String name, boolean paused, @Nullable String reason, ToolOptions options) {
		return with(DatabaseSchema.REQUIRED, options, (context) -> shown(context, options,
				context.getBean(MerchantRegistry.class).pause(Actor.commandLine(), name, paused, reason)));
	}

	private static int shown(ApplicationContext context, ToolOptions options, Merchant merchant) {
		print(options,
				MerchantDescription.of(merchant, context.getBean(MerchantRegistry.class).keys(merchant), now(context)));
		return CommandLine.ExitCode.OK;
	}

	/** What is not in the properties of a command may be in those of the facilitators. */
	private static MerchantRegistry warned(ApplicationContext context, ToolOptions options) {
		AccessProperties access = context.getBean(FacilitatorProperties.class).access();
		if (access.keys().isEmpty()) {
			options.warn("Warning: facilitator.access.keys is empty here, so that nobody can tell whether a key of the"
					+ " configuration has the name or a recipient; a facilitator with such a key leaves the merchant out.");
		}
		if (!access.merchants()) {
			options.warn("Warning: facilitator.access.merchants is not true here; merchants are served by facilitators"
					+ " where it is.");
		}
		return context.getBean(MerchantRegistry.class);
	}

	static Instant now(ApplicationContext context) {
		return context.getBean(Nodes.class).clock().instant();
	}

	static void print(ToolOptions options, Object value) {
		options.print(new String(WireJson.write(value), StandardCharsets.UTF_8));
	}

	/** What cannot be so is said in a sentence. */
	static int with(DatabaseSchema schema, ToolOptions options, ToIntFunction<ApplicationContext> work) {
		return options.with(schema, List.of(), (context) -> {
			try {
				return work.applyAsInt(context);
			}
			catch (InvalidMerchantException | MalformedMessageException ex) {
				options.print(ex.getMessage() + ".");
				return CommandLine.ExitCode.SOFTWARE;
			}
		});
	}

	/** Terms of a merchant, as options. */
	static final class Terms {

		@Option(names = "--recipient", paramLabel = "ADDRESS",
				description = "An address that is paid; again for each, and all of them in a change")
		private @Nullable List<String> recipients;

		@Option(names = "--asset", paramLabel = "CONTRACT",
				description = "An asset that it is paid in; again for each; \"\" for all that are served")
		private @Nullable List<String> assets;

		@Option(names = "--scheme", paramLabel = "SCHEME",
				description = "What it is paid by: session, exact, deferred; again for each; \"\" for all that are served")
		private @Nullable List<String> schemes;

		@Option(names = "--per-call", paramLabel = "UNITS",
				description = "The most that one payment may be, base units; 0 for no limit")
		private @Nullable String perCall;

		@Option(names = "--per-day", paramLabel = "UNITS",
				description = "The most that may be paid in a day (UTC), of each asset, base units; 0 for no limit")
		private @Nullable String perDay;

		@Option(names = "--exposure", paramLabel = "UNITS",
				description = "The most that may be committed or held at a time, of each asset, base units; 0 for no limit")
		private @Nullable String exposure;

		@Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit log")
		private @Nullable String reason;

		static MerchantRequest request(@Nullable String name, @Nullable Terms terms) {
			Terms given = (terms != null) ? terms : new Terms();
			return new MerchantRequest(name, given.recipients, named(given.assets), named(given.schemes), given.perCall,
					given.perDay, given.exposure, given.reason);
		}

		/** An empty word takes a list away. */
		private static @Nullable List<String> named(@Nullable List<String> given) {
			return (given != null) ? given.stream().filter((one) -> !one.isBlank()).toList() : null;
		}

	}

}
