package io.github.x402sessions.samples.paidchat;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.github.x402sessions.samples.local.LocalStellar;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The application as it starts with no configuration but free ports and a fast ledger.
 */
public final class StartedPaidChat implements AutoCloseable {

	private final ConfigurableApplicationContext application;

	private StartedPaidChat(ConfigurableApplicationContext application) {
		this.application = application;
	}

	public static StartedPaidChat start(String... more) {
		Map<String, String> arguments = new LinkedHashMap<>();
		Stream
			.concat(Stream.of("--server.port=0", "--facilitator.port=0", "--devnet.port=0", "--devnet.https-port=0",
					"--devnet.ledger-interval=200ms", "--facilitator.poll-interval=50ms",
					"--facilitator.deferred.max-age=4s"), Stream.of(more))
			.forEach((argument) -> arguments.put(argument.replaceAll("=.*", ""), argument));
		return new StartedPaidChat(PaidChatApplication.start(arguments.values().toArray(String[]::new)));
	}

	public URI url(String path) {
		return URI.create("http://localhost:" + this.application.getEnvironment().getProperty("local.server.port"))
			.resolve(path);
	}

	public URI rpc() {
		return URI.create(this.application.getEnvironment().getRequiredProperty("paid-chat.rpc-url"));
	}

	public URI facilitator() {
		return this.application.getBean(LocalStellar.class).facilitator().url();
	}

	public void stopFacilitator() {
		this.application.getBean(LocalStellar.class).facilitator().close();
	}

	@Override
	public void close() {
		this.application.close();
	}

}
