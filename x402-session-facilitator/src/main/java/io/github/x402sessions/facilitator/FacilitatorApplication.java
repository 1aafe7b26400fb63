package io.github.x402sessions.facilitator;

import java.util.Set;

import io.github.x402sessions.facilitator.command.AuditCommand;
import io.github.x402sessions.facilitator.command.ChannelsCommand;
import io.github.x402sessions.facilitator.command.DiscoveryCommand;
import io.github.x402sessions.facilitator.command.EventsCommand;
import io.github.x402sessions.facilitator.command.EvidenceCommand;
import io.github.x402sessions.facilitator.command.MerchantsCommand;
import io.github.x402sessions.facilitator.command.ReconcileCommand;
import io.github.x402sessions.facilitator.command.TransactionsCommand;
import io.github.x402sessions.facilitator.config.ServerDefaults;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Runs the facilitator as a process of its own, or one of its commands.
 *
 * @see FacilitatorServer
 */
@Command(name = "x402-session-facilitator", mixinStandardHelpOptions = true,
		subcommands = { ChannelsCommand.class, ReconcileCommand.class, TransactionsCommand.class, EvidenceCommand.class,
				DiscoveryCommand.class, EventsCommand.class, AuditCommand.class, MerchantsCommand.class },
		description = "Settles payment sessions on Stellar. Without a command, serves until it is interrupted.")
public final class FacilitatorApplication {

	private static final Set<String> COMMANDS = Set.of("channels", "reconcile", "transactions", "evidence", "discovery",
			"events", "audit", "merchants", "help", "--help", "-h");

	private FacilitatorApplication() {
	}

	/**
	 * Start the facilitator, or run a command and exit with its code.
	 * @param arguments properties such as {@code --server.port=4021}, or a command
	 */
	public static void main(String[] arguments) {
		if (arguments.length > 0 && COMMANDS.contains(arguments[0])) {
			System.exit(commandLine().execute(arguments));
		}
		application().run(arguments);
	}

	static SpringApplication application() {
		SpringApplication application = new SpringApplication(StandaloneConfiguration.class);
		application.setDefaultProperties(ServerDefaults.PROPERTIES);
		return application;
	}

	static CommandLine commandLine() {
		return new CommandLine(new FacilitatorApplication()).setUnmatchedOptionsArePositionalParams(true);
	}

}
