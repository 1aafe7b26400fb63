package io.github.x402sessions.facilitator;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.facilitator.config.InvalidPropertyException;
import io.github.x402sessions.facilitator.config.ServerDefaults;
import io.github.x402sessions.facilitator.event.FacilitatorEventListener;
import io.github.x402sessions.facilitator.scheme.DeliveryTracker;
import io.github.x402sessions.facilitator.scheme.LocalFacilitator;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A facilitator inside another application's process: a context and a port of its own,
 * nothing shared. The host's configuration file is not read, its logging is left alone,
 * and what is passed here outranks its environment.
 */
public final class FacilitatorServer implements AutoCloseable {

	/**
	 * What the environment may say about the host's own server, and {@link #url} relies
	 * on.
	 */
	private static final Map<String, String> NOT_THE_HOSTS = Map.of("server.servlet.context-path", "", "server.address",
			"", "server.ssl.enabled", "false", "spring.mvc.servlet.path", "/");

	private final ConfigurableApplicationContext context;

	private final int port;

	private FacilitatorServer(ConfigurableApplicationContext context, int port) {
		this.context = context;
		this.port = port;
	}

	/**
	 * Start a facilitator.
	 * @param properties its configuration, such as {@code facilitator.rpc-url} and
	 * {@code server.port}; port 0 takes any free one
	 * @return the running facilitator, which the caller closes
	 * @throws RuntimeException if it cannot start, caused by an
	 * {@link InvalidPropertyException} if the configuration is wrong
	 */
	public static FacilitatorServer start(Map<String, String> properties) {
		return start(properties, null);
	}

	/**
	 * Start a facilitator that tells of its events.
	 * @param properties its configuration
	 * @param listener hears of the events from now on, and of those that nobody heard of
	 * before; nobody where it is {@code null}
	 * @return the running facilitator, which the caller closes
	 * @throws RuntimeException if it cannot start, as above
	 */
	public static FacilitatorServer start(Map<String, String> properties, @Nullable FacilitatorEventListener listener) {
		SpringApplication application = new SpringApplication(FacilitatorConfiguration.class);
		if (listener != null) {
			application.addInitializers(
					(context) -> context.getBeanFactory().registerSingleton("facilitatorEventListener", listener));
		}
		application.setWebApplicationType(WebApplicationType.SERVLET);
		application.setRegisterShutdownHook(false);
		application.setLogStartupInfo(false);
		application.setListeners(application.getListeners()
			.stream()
			.filter((known) -> !(known instanceof LoggingApplicationListener))
			.toList());
		ConfigurableApplicationContext context = application.run(arguments(properties));
		WebServer server = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer());
		return new FacilitatorServer(context, server.getPort());
	}

	private static String[] arguments(Map<String, String> properties) {
		Map<String, Object> all = new LinkedHashMap<>(ServerDefaults.PROPERTIES);
		all.put("spring.config.name", "x402-facilitator");
		all.putAll(NOT_THE_HOSTS);
		all.putAll(properties);
		return all.entrySet()
			.stream()
			.map((property) -> "--" + property.getKey() + "=" + property.getValue())
			.toArray(String[]::new);
	}

	/**
	 * Return the port that it listens on.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Return the URL that it is reached at from this machine.
	 * @return the URL, without a path
	 */
	public URI url() {
		return URI.create("http://localhost:" + this.port);
	}

	/**
	 * Return the facilitator itself, for a resource server in the same process.
	 * @return the facilitator, usable until this server is closed
	 */
	public Facilitator facilitator() {
		return new LocalFacilitator(this.context.getBean(Facilitator.class),
				this.context.getBean(DeliveryTracker.class));
	}

	/**
	 * Serve what has begun and stop. Settlements that are open are followed next time.
	 */
	@Override
	public void close() {
		this.context.close();
	}

}
