package io.github.x402sessions.facilitator.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

import io.github.x402sessions.facilitator.config.InvalidPropertyException;
import io.github.x402sessions.facilitator.config.ServerDefaults;
import io.github.x402sessions.facilitator.store.DatabaseSchema;
import io.github.x402sessions.facilitator.store.NoDatabaseException;
import io.github.x402sessions.stellar.rpc.RpcException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Options that every command takes: the properties of the facilitator, from the same
 * places as the facilitator reads them.
 */
final class ToolOptions {

	/** The node gives no usable answer. */
	static final int NO_NODE = 3;

	/** There are no books of this version, or they cannot be used now. */
	static final int NO_BOOKS = 4;

	@Parameters(paramLabel = "PROPERTY", arity = "0..*",
			description = "Properties of the facilitator, such as facilitator.rpc-url=http://localhost:8000/rpc")
	private List<String> properties = new ArrayList<>();

	@Spec(Spec.Target.MIXEE)
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	/**
	 * Do something with the books and the chain.
	 * @param schema what happens to the books before
	 * @param more properties that outrank all others
	 * @return the command's exit code
	 */
	int with(DatabaseSchema schema, List<String> more, ToIntFunction<ApplicationContext> work) {
		SpringApplication application = new SpringApplication(ToolConfiguration.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(defaults());
		application.setLogStartupInfo(false);
		application
			.addInitializers((context) -> context.getBeanFactory().registerSingleton("facilitatorBooksSchema", schema));
		List<String> arguments = new ArrayList<>(List.of("--logging.level.root=warn",
				"--logging.level.org.springframework=error", "--logging.level.org.springframework.boot=off"));
		this.properties.forEach((property) -> arguments.add(argument(property)));
		more.forEach((property) -> arguments.add("--" + property));
		try (ConfigurableApplicationContext context = application.run(arguments.toArray(String[]::new))) {
			return work.applyAsInt(context);
		}
		catch (RuntimeException ex) {
			return failed(ex);
		}
	}

	/** Commands serve nobody, so that there need be no keys. */
	private static Map<String, Object> defaults() {
		Map<String, Object> defaults = new HashMap<>(ServerDefaults.PROPERTIES);
		defaults.put("facilitator.access.mode", "open");
		return defaults;
	}

	/** An option that is misspelt must not pass for a property. */
	private String argument(String property) {
		if (!property.contains("=")) {
			throw new CommandLine.ParameterException(this.spec.commandLine(),
					"Properties are given as --name=value" + (property.startsWith("-") ? ", not as " + property : ""));
		}
		return property.startsWith("--") ? property : "--" + property;
	}

	private int failed(RuntimeException failure) {
		InvalidPropertyException property = cause(failure, InvalidPropertyException.class);
		if (property != null) {
			print(property.getMessage());
			return CommandLine.ExitCode.USAGE;
		}
		RpcException node = cause(failure, RpcException.class);
		if (node != null) {
			print("The Stellar RPC is not usable: " + node.getMessage());
			return NO_NODE;
		}
		NoDatabaseException books = cause(failure, NoDatabaseException.class);
		if (books != null || cause(failure, DataAccessException.class) != null) {
			print("The books are not usable: " + ((books != null) ? books : failure).getMessage());
			return NO_BOOKS;
		}
		throw failure;
	}

	private static <E extends Throwable> @Nullable E cause(Throwable failure, Class<E> type) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
		}
		return null;
	}

	/** Say what whoever reads the results need not parse. */
	void warn(String line) {
		this.spec.commandLine().getErr().println(line);
		this.spec.commandLine().getErr().flush();
	}

	void print(@Nullable String line) {
		this.spec.commandLine().getOut().println(line);
		this.spec.commandLine().getOut().flush();
	}

}
