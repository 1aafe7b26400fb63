package io.github.x402sessions.facilitator.command;

import java.util.function.Function;

import io.github.x402sessions.facilitator.audit.Actor;
import io.github.x402sessions.facilitator.merchant.IssuedKey;
import io.github.x402sessions.facilitator.merchant.KeyRequest;
import io.github.x402sessions.facilitator.merchant.MerchantDescription;
import io.github.x402sessions.facilitator.merchant.MerchantRegistry;
import io.github.x402sessions.facilitator.store.DatabaseSchema;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Makes and revokes keys of merchants.
 */
@Command(name = "key", mixinStandardHelpOptions = true,
		description = "Makes and revokes keys of merchants. A key is shown once, and is kept nowhere.")
final class MerchantKeysCommand {

	@Command(name = "add", mixinStandardHelpOptions = true,
			description = "Makes one more key of a merchant and shows it once. The others stay valid.")
	int add(@Option(names = "--name", required = true, description = "The merchant's name") String name,
			@Option(names = "--label", description = "What the key is called") @Nullable String label,
			@Option(names = "--lifetime", paramLabel = "TIME",
					description = "How long it is valid, such as 90d; for good where left out") @Nullable String lifetime,
			@Option(names = "--reason", paramLabel = "TEXT",
					description = "Why, for the audit log") @Nullable String reason,
			@Mixin ToolOptions options) {
		return issue(options, (merchants) -> merchants.addKey(Actor.commandLine(), name,
				new KeyRequest(label, lifetime, null, reason)));
	}

	@Command(name = "rotate", mixinStandardHelpOptions = true,
			description = "Makes a key of a merchant and shows it once. The others stay valid for a while.")
	int rotate(@Option(names = "--name", required = true, description = "The merchant's name") String name,
			@Option(names = "--overlap", defaultValue = "24h", paramLabel = "TIME",
					description = "How long the others stay valid, at most 90d; a day where left out") String overlap,
			@Option(names = "--label", description = "What the key is called") @Nullable String label,
			@Option(names = "--lifetime", paramLabel = "TIME",
					description = "How long the new one is valid, such as 90d; for good where left out") @Nullable String lifetime,
			@Option(names = "--reason", paramLabel = "TEXT",
					description = "Why, for the audit log") @Nullable String reason,
			@Mixin ToolOptions options) {
		return issue(options, (merchants) -> merchants.rotate(Actor.commandLine(), name,
				new KeyRequest(label, lifetime, overlap, reason)));
	}

	private static int issue(ToolOptions options, Function<MerchantRegistry, IssuedKey> work) {
		return MerchantsCommand.with(DatabaseSchema.REQUIRED, options, (context) -> {
			IssuedKey issued = work.apply(context.getBean(MerchantRegistry.class));
			MerchantsCommand.print(options,
					MerchantDescription.of(issued.key(), issued.secret(), MerchantsCommand.now(context)));
			return CommandLine.ExitCode.OK;
		});
	}

	@Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes a key for good, within seconds.")
	int revoke(@Option(names = "--name", required = true, description = "The merchant's name") String name,
			@Option(names = "--key", required = true, paramLabel = "ID",
					description = "The key's id, as it is shown") String key,
			@Option(names = "--reason", paramLabel = "TEXT",
					description = "Why, for the audit log") @Nullable String reason,
			@Mixin ToolOptions options) {
		return MerchantsCommand.with(DatabaseSchema.REQUIRED, options, (context) -> {
			MerchantsCommand.print(options,
					MerchantDescription.of(
							context.getBean(MerchantRegistry.class).revoke(Actor.commandLine(), name, key, reason),
							null, MerchantsCommand.now(context)));
			return CommandLine.ExitCode.OK;
		});
	}

}
