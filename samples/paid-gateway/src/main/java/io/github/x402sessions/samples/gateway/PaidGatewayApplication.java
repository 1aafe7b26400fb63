package io.github.x402sessions.samples.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A gateway like any other.
 */
@SpringBootApplication
public class PaidGatewayApplication {

	/**
	 * Start the gateway.
	 * @param arguments Spring Boot's arguments
	 */
	public static void main(String[] arguments) {
		SpringApplication.run(PaidGatewayApplication.class, arguments);
	}

}
