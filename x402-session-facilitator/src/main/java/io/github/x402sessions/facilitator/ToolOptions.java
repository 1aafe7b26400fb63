package io.github.x402sessions.facilitator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

import io.github.x402sessions.facilitator.rpc.RpcException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What every command takes: the properties of the facilitator, from the same places as
 * the facilitator reads them.
 */
final class ToolOptions {

	@Parameters(paramLabel = "PROPERTY", arity = "0..*",
			description = "Properties of the facilitator, such as facilitator.rpc-url=http://localhost:8000/rpc")
	private List<String> properties = new ArrayList<>();

	@Spec(Spec.Target.MIXEE)
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	/**
	 * Do something with the books and the chain.
	 * @param more properties that outrank all others
	 * @return the command's exit code
	 */
	int with(List<String> more, ToIntFunction<ApplicationContext> work) {
		SpringApplication application = new SpringApplication(ToolConfiguration.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(ServerDefaults.PROPERTIES);
		application.setLogStartupInfo(false);
		List<String> arguments = new ArrayList<>(List.of("--logging.level.root=warn"));
		this.properties.forEach((property) -> arguments.add(property.startsWith("--") ? property : "--" + property));
		more.forEach((property) -> arguments.add("--" + property));
		try (ConfigurableApplicationContext context = application.run(arguments.toArray(String[]::new))) {
			return work.applyAsInt(context);
		}
		catch (RpcException ex) {
			print("The Stellar RPC is not usable: " + ex.getMessage());
			return CommandLine.ExitCode.SOFTWARE;
		}
	}

	void print(String line) {
		this.spec.commandLine().getOut().println(line);
		this.spec.commandLine().getOut().flush();
	}

}
