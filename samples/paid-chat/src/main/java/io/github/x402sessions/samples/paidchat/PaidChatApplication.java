package io.github.x402sessions.samples.paidchat;

import java.util.Map;

import io.github.x402sessions.samples.local.EmbeddedDefault;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the paid chat. Where {@code x402.facilitator.url} is not set, a ledger and a
 * facilitator start in the same process: {@link EmbeddedDefault}.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class PaidChatApplication {

	/**
	 * Start the application.
	 * @param arguments Spring Boot's arguments
	 */
	public static void main(String[] arguments) {
		start(arguments);
	}

	static ConfigurableApplicationContext start(String... arguments) {
		SpringApplication application = new SpringApplication(PaidChatApplication.class);
		EmbeddedDefault.addTo(application,
				(embedded) -> Map.of("paid-chat.rpc-url", embedded.rpcUrl(), "paid-chat.explorer",
						"/transaction?hash={hash}", "paid-chat.ledger-interval", "${devnet.ledger-interval:5s}",
						"paid-chat.demo-wallet", true));
		return application.run(arguments);
	}

}
