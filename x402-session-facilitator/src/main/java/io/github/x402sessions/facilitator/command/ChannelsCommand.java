package io.github.x402sessions.facilitator.command;

import java.math.BigDecimal;
import java.util.List;

import io.github.x402sessions.facilitator.audit.Actor;
import io.github.x402sessions.facilitator.audit.Audit;
import io.github.x402sessions.facilitator.audit.AuditEntry;
import io.github.x402sessions.facilitator.channel.ChannelClosing;
import io.github.x402sessions.facilitator.channel.ChannelList;
import io.github.x402sessions.facilitator.channel.ChannelMaintenance;
import io.github.x402sessions.facilitator.channel.ChannelStatus;
import io.github.x402sessions.facilitator.config.EngineProperties;
import io.github.x402sessions.facilitator.store.DatabaseSchema;
import io.github.x402sessions.stellar.balance.AccountState;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Opens and closes channel accounts and shows how they stand. All of them follow from one
 * secret, so there is nothing else to keep.
 */
@Command(name = "channels", description = "Opens and closes channel accounts and shows how they stand.",
		mixinStandardHelpOptions = true)
public final class ChannelsCommand {

	private static final int ROUNDS = 3;

	@Command(name = "create", description = "Opens the channel accounts that are missing and fills up those run low.",
			mixinStandardHelpOptions = true)
	int create(@Option(names = "--count", required = true, paramLabel = "N",
			description = "How many channels there shall be") int count, @Mixin ToolOptions options) {
		return options.with(DatabaseSchema.MIGRATED, List.of("facilitator.channels=" + count), (context) -> {
			boolean well = context.getBean(Audit.class)
				.around(AuditEntry.begun(Actor.commandLine(), "channels.create", "channels 1 to " + count, null),
						() -> create(context.getBean(ChannelMaintenance.class)),
						(all) -> all ? "all are there and full" : "not all of them");
			print(context, options);
			options.print(well ? "Set facilitator.channels=" + count + " to use them."
					: "Not all of them could be opened or filled up: has the spender enough lumens?");
			return well ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
		});
	}

	private static boolean create(ChannelMaintenance maintenance) {
		for (int round = 0; round < ROUNDS; round++) {
			if (maintenance.run()) {
				return true;
			}
		}
		return false;
	}

	@Command(name = "status", description = "Shows the channels, their lumens and their open transactions.",
			mixinStandardHelpOptions = true)
	int status(@Mixin ToolOptions options) {
		return options.with(DatabaseSchema.REQUIRED, List.of(), (context) -> {
			print(context, options);
			return CommandLine.ExitCode.OK;
		});
	}

	@Command(name = "close", mixinStandardHelpOptions = true,
			description = "Gives the lumens of channel accounts back to the spender. Set facilitator.channels to what is "
					+ "kept first: a facilitator that runs opens its channels again.")
	int close(
			@Option(names = "--keep", defaultValue = "0", paramLabel = "N",
					description = "How many channels stay; none where left out") int kept,
			@Option(names = "--former",
					description = "Closes the channels of former secrets instead: of facilitator.previous-channel-secrets, "
							+ "and of spenders whose seeds are known here, once all nodes were started again. While any node "
							+ "is alive, they stay if one of them was used in the last 10 minutes") boolean former,
			@Option(names = "--at-once",
					description = "With --former: closes them although they were just used. No node may have a former secret then") boolean atOnce,
			@Mixin ToolOptions options) {
		int all = Math.max(kept, EngineProperties.MOST_CHANNELS);
		return options.with(DatabaseSchema.REQUIRED, List.of("facilitator.channels=" + all), (context) -> {
			List<String> left = context.getBean(Audit.class)
				.around(AuditEntry.begun(Actor.commandLine(), "channels.close",
						former ? "channels of former secrets" : "channels but the first " + kept, null),
						() -> former ? context.getBean(ChannelClosing.class).runFormer(atOnce)
								: context.getBean(ChannelClosing.class).run(kept),
						(open) -> open.size() + " account(s) are left");
			left.forEach((account) -> options.print("in use     " + account));
			options.print(left.isEmpty() ? "The lumens are with the spender." : left.size() + " account(s) are left.");
			return left.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
		});
	}

	private static void print(ApplicationContext context, ToolOptions options) {
		options.print("%-5s %-56s %14s %20s  %s".formatted("slot", "account", "lumens", "sequence", "transaction"));
		context.getBean(ChannelList.class).read().forEach((channel) -> options.print(line(channel)));
	}

	private static String line(ChannelStatus channel) {
		AccountState account = channel.account();
		String transaction = channel.transaction();
		return "%-5d %-56s %14s %20s  %s".formatted(channel.slot(), channel.address(),
				(account != null) ? BigDecimal.valueOf(account.balance(), 7).toPlainString() : "missing",
				(account != null) ? Long.toString(account.sequence()) : "", (transaction != null) ? transaction : "");
	}

}
